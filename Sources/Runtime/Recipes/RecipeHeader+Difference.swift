extension RecipeHeader {
  /// The fields of `recipe { … }` that differ in another reading of the same recipe, in the manual's order.
  ///
  /// The order of settings does not count: the user does not accept any order, and `pairs` does not guarantee one.
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
