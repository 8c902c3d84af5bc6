import Contract
import Values

extension Primitive {
  static let note = Primitive(
    "note", "Tells the person something worth knowing.", scope: .recipe, needs: nil,
    Parameter<String>("text", "One or more sentences."),
    example: #"note "scp copies files the same way""#
  ) { context, text in
    try context.services.count(text)
    context.note(text)
    return .plain(.nil)
  }

  static let warn = Primitive(
    "warn", "Tells the person something that should not be overlooked; shown again at the end.", scope: .recipe,
    needs: nil,
    Parameter<String>("text", "One or more sentences."),
    example: #"warn "the key is of type DSA, which no server of today accepts""#
  ) { context, text in
    try context.services.count(text)
    context.warn(text)
    return .plain(.nil)
  }
}
