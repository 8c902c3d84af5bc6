import Contract
import Values

extension Primitive {
  static let note = Primitive(
    "note", "Shows the user a note.", scope: .recipe, needs: nil,
    Parameter<String>("text", "One or more sentences."),
    example: #"note "scp copies files the same way""#
  ) { context, text in
    try context.services.count(text)
    context.note(text)
    return .plain(.nil)
  }

  static let warn = Primitive(
    "warn", "Shows the user a warning, and again at the end of the run.", scope: .recipe,
    needs: nil,
    Parameter<String>("text", "One or more sentences."),
    example: #"warn "the key is of type DSA, which current servers refuse""#
  ) { context, text in
    try context.services.count(text)
    context.warn(text)
    return .plain(.nil)
  }
}
