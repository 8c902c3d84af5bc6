import Contract
import Diagnosis
import Values

/// The fields that a primitive written in Lua returns, held to its declaration.
struct PluginResults {
  let primitive: Primitive

  /// - Parameter origin: the origin of the fields in messages, such as `the body of 'motd'`.
  /// - Throws: ``Failure`` for an undeclared field, or for a value of another type.
  func check(_ fields: [String: LuaValue], from origin: String) throws {
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      guard let field = primitive.results.first(where: { $0.name == name }) else {
        let known = primitive.results.map(\.name)
        let guess = Wording.guess(NearestName.find(name, among: known), known: known, of: "fields")
        throw Failure(
          .recipe, "\(origin) returned the field \"\(name)\", which `results` does not declare" + guess)
      }
      guard Self.fits(value, field.luaType) else {
        throw Failure(
          .recipe,
          "\(origin) returned the wrong type for the field \"\(name)\" (\(field.luaType) expected, "
            + "got \(value.shortText))")
      }
    }
  }

  /// Types of Lua's editors have a grammar of their own, so only plain types are checked.
  private static func fits(_ value: LuaValue, _ type: String) -> Bool {
    switch (type, value) {
    case (_, .nil), ("string", .string), ("integer", .integer), ("number", .integer), ("number", .number),
      ("boolean", .boolean):
      true
    case ("string", _), ("integer", _), ("number", _), ("boolean", _): false
    default: true
    }
  }
}
