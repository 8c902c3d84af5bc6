import Contract
import Values

extension Primitive {
  /// How the call looks, optional arguments in brackets: `host:chmod(path, mode [, root])`.
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

  /// The table that the call returns, as editor stubs name it; `nil` where it returns a plain value or none.
  var resultClass: String? { results.isEmpty ? nil : "ssh.\(name).Result" }
}

extension ParameterInfo {
  /// `required`, or what holds when it is left out.
  package var requirement: String {
    if isRequired { return "required" }
    return defaultText.map { "default: \($0)" } ?? "optional"
  }
}
