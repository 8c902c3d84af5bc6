return {
  outcome = function(changed) return changed and "closed now" or "closed already" end,
}
