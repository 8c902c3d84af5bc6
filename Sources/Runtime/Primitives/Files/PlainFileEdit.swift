import Contract
import Diagnosis
import Formats
import Hosts
import LoginSafety
import Values

/// Lines and values in a file other than sshd's configuration. Comments, order and all other lines stay.
struct PlainFileEdit: Sendable {
  var lines: [String]
  var values: [String: OptionValue]
  var separator: String

  func decide(_ context: PrimitiveContext, path: String, account: Account) async throws -> Decision {
    for text in lines + values.keys + values.values.flatMap(\.texts) where text.contains(where: \.isNewline) {
      throw Failure(.argument, "a line break has no place in \(text.luaText)")
    }
    // A link stays, and its target is edited.
    let file = try await context.reader.resolved(path, as: account)
    let (path, state) = (file.path, file.state)
    if state.status != nil, state.contents == nil {
      throw Failure(.denied, "\(path) cannot be read", seen: [state.status?.text ?? ""], paths: [path])
    }
    let old = state.contents ?? []
    let (new, difference) = applied(to: old)
    guard new != old else { return .unchanged("\(path) has all of it already", Self.fields([])) }
    return .change("edit \(path)", planned: Self.fields([path]), diff: difference.joined(separator: "\n")) { writer in
      try await writer.replaceFile(path, contents: new, expecting: state.contents, as: account)
      return Self.fields([path])
    }
  }

  /// - Returns: the new bytes, and the lines removed and added.
  func applied(to old: [UInt8]) -> (bytes: [UInt8], difference: [String]) {
    var file = ByteLine.split(old)
    var difference: [String] = []
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      let text = "\(name)\(separator)\(value.texts.joined(separator: " "))"
      if let index = file.firstIndex(where: { self.name(of: $0.text) == name }) {
        guard file[index].text.trimmingSpaces != text else { continue }
        if self.value(of: file[index].text) == value.texts.joined(separator: " ") { continue }
        difference += ["@@ line \(index + 1)", "-\(file[index].text)", "+\(text)"]
        file[index] = ByteLine(content: Array(text.utf8), ending: file[index].ending)
      } else {
        append(text, to: &file, &difference)
      }
    }
    for line in lines where !file.contains(where: { $0.text == line }) { append(line, to: &file, &difference) }
    return (file.joinedBytes, difference)
  }

  private func append(_ text: String, to file: inout [ByteLine], _ difference: inout [String]) {
    file.closeLastLine(with: [0x0A])
    file.append(ByteLine(text))
    difference += ["@@ at the end", "+\(text)"]
  }

  private func split(_ line: String) -> (name: String, value: String)? {
    let text = line.trimmingSpaces
    let sign = separator.trimmingSpaces
    guard !text.hasPrefix("#"), !text.isEmpty else { return nil }
    if sign.isEmpty {
      let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
      return words.count == 2 ? (words[0], words[1].trimmingSpaces) : nil
    }
    guard let place = text.firstRange(of: sign) else { return nil }
    return (String(text[..<place.lowerBound]).trimmingSpaces, String(text[place.upperBound...]).trimmingSpaces)
  }

  private func name(of line: String) -> String? { split(line)?.name }
  private func value(of line: String) -> String? { split(line)?.value }

  private static func fields(_ paths: [String]) -> [String: LuaValue] {
    ["paths": .table(LuaTable(list: paths.map { .string($0) }))]
  }
}
