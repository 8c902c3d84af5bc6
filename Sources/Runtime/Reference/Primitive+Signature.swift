import Contract
import Values

extension Primitive {
  /// The form of the call, with optional arguments in brackets: `host:chmod(path, mode [, root])`.
  package var signature: String {
    var text = (scope == .host ? "host:" : "") + name + "("
    var open = 0
    for (place, parameter) in parameters.enumerated() {
      let comma = place == 0 ? "" : ", "
      if parameter.isRequired {
        text += comma + parameter.name
      } else {
        text += (place == 0 ? "[" : " [") + comma + parameter.name
        open += 1
      }
    }
    return text + String(repeating: "]", count: open) + ")"
  }

  /// The name of the returned table in editor stubs; `nil` for a plain value or no result.
  /// The class of the result in the editor's definitions, or of each entry of a result that is a list. `nil` without fields.
  var resultClass: String? { resultFields.isEmpty ? nil : "ssh.\(name).Result" }

  /// The result's fields, or those of each entry of a list.
  var resultFields: [ResultField] {
    results.compactMap { field in
      let name = field.name.hasPrefix("[n].") ? String(field.name.dropFirst("[n].".count)) : field.name
      return name.first?.isLetter == true ? ResultField(name, field.luaType, field.help) : nil
    }
  }

  /// The result's type in the editor's definitions. `nil` for a primitive without declared results.
  var resultType: String? {
    guard let first = results.first else { return nil }
    let isList = first.name.hasPrefix("[n]")
    return (resultClass ?? first.luaType) + (isList ? "[]" : "")
  }
}

extension ParameterInfo {
  /// `required`, `optional`, or the default.
  package var requirement: String {
    if isRequired { return "required" }
    return defaultText.map { "default: \($0)" } ?? "optional"
  }
}
