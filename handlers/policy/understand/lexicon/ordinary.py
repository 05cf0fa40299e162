"""Ordinary words that are never taken for typing slips of ours. A word that was wrongly corrected is added here."""

ORDINARY = """ about above amused accept accident across actually added after again against agree ahead alone along already also although
always among amount another anybody anyone anything anyway apart apply around asked asking asleep attend away banner beach bearing became
because become before behind being below bench beside better between beyond bland bought brand bread break bring brings brought build busy
called came camera candid cannot care carry catch cement certain change charge charter check choose chosen class clean cleaning clear
clearly close closed coached college comes coming common complete continue cool correct couch could count country county couple court cousin
cover crowd curious culled current custom daily dance decent decide desk different difficult dinner direct does doing done door doubt down
dozen drink drive during each eager eagle early earth easier easily easy effort eight either else empty enemy engine enjoy enough entire
equal error especially essay evening event ever every everything exactly except expect extra face fact fall fast faster feel feeling feels
felt field fifteen fifty fight figure film filter final finally find finds fine finish fire first fish fixed flag flat floor flow flyer food
force forget forgot form found four fourth frame free fresh friday friend from front fruit full funny further future garden gather general
giant gift given glad gland glass goal goes going gold gone good grace grading grand grass great green ground grow guard guess guide habit
half happen happened happens happily happy hard hardly harm have having head heading health hear hearing heart heavy height hello help
helped here hidden high hobby hold holiday honest hope hotel hour hours house however huge human hundred hurry idea image important incident
include including indeed indoor inside instead interest island issue itself jacket jersey join judge juice jump just keep kind kitchen knee
knew knife know known label labor ladder language large last late later latter laugh lawyer layer layers lead leader league leaning learn
learning least leather leave leaving left less lesson letter level library life light like likely limit liquid list listen little live
living local long longer look looking loose lost lots loud love lower lucky lunch lunchtime made magic mail main make making manage manner
manual many market marry mass massage master match maths matter maybe mean meaning means meant medal media meet meeting melt member memory
mental mention mercy merit metal method middle might mild mind minute miss mistake mister model modern moment monday money month more
morning most mostly mountain mouth move moved movement movie much museum music must myself narrow nation native nature near nearly neat
necessary neck need needed needle needs nerve never next nice night noise none normal normally north note nothing notice novel nowhere
number ocean offer often older olive once only open opinion option orange order organ other others otherwise ought outside over owner pages
pain paint pair palm panel panic pants paper parade pardon parking part party pass passed past patent path patient pattern pause peace peach
peak penalty pencil penny people percent perhaps period person phase phony phrase piece pilot pitch place plain plan plane planet planner
plant plastic plate play players pleasant please plenty plot pocket poem poet point police pool poor port pose positive possible post poster
pouch pound power practical praise prayer prayers preach prefer present president press pretty prevent price pride prime prince principal
prison prize probably problem process profit program promise proof proper properly proud prove prudent public pull punch pupil pure purpose
purse push quality quarter queen quick quickly quiet quite race radio rail rain raise range rapid rare rate rather reach reached reader
reading ready real realize really rear reason recent record regard region regret relate relation relief rely remain remember remove rent
repair repeat reply require resident respect rest result return rich ride right ring rise risk river road role roll roof room root rope
rough round row royal rule rules running safe said sail salad sale salt same sand saturday save says scale scene schools science scissors
score sea search season seat second secret seed seem seems seen sell sending senior sense sent separate series serious serve setting
settings settle several shade shake shall shape share sharp sheet shell shift shine ship shirt shock shoe shoot shop shore short should
shoulder shout show shower showing shown shut sick side sight sign signal silent silly silver similar simple simply since sing single sink
sir sister site situation size skill skin skirt sky sleep slide slight slip slow small smell smile smooth snack snake soap soft soil soldier
solid some someone something sometime sometimes somewhere song soon sorry sort sound soup south space spare speak special speech speed spell
spend spirit split spoke spoon spot spring square stable staff stage stand star start started state station stay steady steal steam steel
step steps stick stiff still stomach stone stop stopped store story straight strange street strike string stroke stripe strong structure
struggle student stuff stupid style such sudden sugar suggest suit summer sunday supply support suppose sure surprise sweet swing switch
sword system table tail take taken takes taking talent talk tall tank task taste taught taxi teach tear tell tent term terrible texas test
than thank thanks that their them then there these they thick thin thing things think third this those though thought thousand thread three
throat through throw thursday thus ticket tight till timber time tiny tired title today together told tomorrow tone tonight took tool tooth
topic total touch tough tour toward tower town toy track trade trading trail train trainer travel treat tree tribe trick tried trip trouble
truck true trust truth trying tube tuesday tune turn turned twice type uncle under understand union unit unite unless until upon upper upset
urban urge usual usually value various vary vast version very view village violent visit voice volume vote wage wait walk wall want wanted
wants warm wash waste watch water weak wealth weapon wear wearing weather wedding wednesday week weekend weeks weight well went were west
what whatever wheel when where whether which while white whole whose wide wild will wind window wing winner winter wise wish with within
without woman women wonder wondering wood wool word words wore work worked worker working works world worry worse worship worst worth would
wound wrap write writer wrong yard year years yellow yesterday yet young your yours yourself zero zone
"""
