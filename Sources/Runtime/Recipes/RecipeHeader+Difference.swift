extension RecipeHeader {
  /// The fields of `recipe { … }` that another reading of the same recipe gives otherwise, in the order of the manual.
  ///
  /// In which order settings stand is left out: nobody agrees to that, and `pairs` does not promise one.
  package func fields(otherIn other: RecipeHeader) -> [String] {
    var fields: [String] = []
    if summary != other.summary { fields.append("summary") }
    if guide != other.guide { fields.append("guide") }
    if roles != other.roles { fields.append("hosts") }
    if Set(parameters) != Set(other.parameters) { fields.append("params") }
    if needs != other.needs { fields.append("needs") }
    return fields
  }
}
