"""The command's verbs, one small file each: arguments in, sentences or JSON out."""
