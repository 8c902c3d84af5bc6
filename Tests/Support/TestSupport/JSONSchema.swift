import Foundation

/// The part of JSON Schema that docs/schemas uses. Keys that a schema does not name are mistakes here, though programs
/// must ignore them.
public struct JSONSchema {
  private let root: [String: Any]

  /// - Parameter name: of a file in docs/schemas, without `.schema.json`.
  public init(_ name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/schemas")
    let data = try Data(contentsOf: folder.appending(path: "\(name).schema.json"))
    root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  /// - Returns: the mistakes in a text, each with its place.
  public func mistakes(in text: String) throws -> [String] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    return mistakes(value, root, "$")
  }

  private func mistakes(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
    if let name = schema["$ref"] as? String {
      let definitions = root["$defs"] as? [String: [String: Any]]
      let key = name.replacingOccurrences(of: "#/$defs/", with: "")
      return definitions?[key].map { mistakes(value, $0, place) } ?? ["\(place): no definition \(name)"]
    }
    if let choices = schema["oneOf"] as? [[String: Any]] {
      let all = choices.map { mistakes(value, $0, place) }
      return all.count(where: \.isEmpty) == 1 ? [] : all.min { $0.count < $1.count } ?? []
    }
    if let wanted = schema["const"] {
      return "\(wanted)" == "\(value)" ? [] : ["\(place): expected \(wanted), got \(value)"]
    }
    if let allowed = schema["enum"] as? [String] {
      return (value as? String).map(allowed.contains) == true ? [] : ["\(place): \(value) is none of \(allowed)"]
    }
    let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
    guard types.isEmpty || types.contains(where: { Self.fits(value, $0) }) else {
      return ["\(place): expected \(types.joined(separator: " or ")), got \(value)"]
    }
    if let items = schema["items"] as? [String: Any], let list = value as? [Any] {
      return list.enumerated().flatMap { mistakes($1, items, "\(place)[\($0)]") }
    }
    guard let properties = schema["properties"] as? [String: [String: Any]], let object = value as? [String: Any] else {
      return []
    }
    let missing = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }
    return missing.map { "\(place): \($0) is missing" }
      + object.sorted { $0.key < $1.key }.flatMap { key, value in
        properties[key].map { mistakes(value, $0, "\(place).\(key)") } ?? ["\(place).\(key) is not described"]
      }
  }

  private static func fits(_ value: Any, _ type: String) -> Bool {
    switch type {
    case "string": value is String
    case "null": value is NSNull
    case "array": value is [Any]
    case "object": value is [String: Any]
    case "boolean": (value as? NSNumber).map(isBoolean) == true
    case "integer": (value as? NSNumber).map { !isBoolean($0) && floor($0.doubleValue) == $0.doubleValue } == true
    default: false
    }
  }

  private static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
