loaded = (loaded or 0) + 1
return { name = ..., loaded = loaded }
