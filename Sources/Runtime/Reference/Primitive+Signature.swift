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
  var resultClass: String? { results.isEmpty ? nil : "ssh.\(name).Result" }
}

extension ParameterInfo {
  /// `required`, `optional`, or the default.
  package var requirement: String {
    if isRequired { return "required" }
    return defaultText.map { "default: \($0)" } ?? "optional"
  }
}
