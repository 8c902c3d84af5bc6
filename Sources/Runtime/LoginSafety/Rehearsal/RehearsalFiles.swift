import Formats

/// A candidate as files apart from the host's own: the changed files and the files that include them. All others are
/// included from their own paths.
struct RehearsalFiles: Sendable, Hashable {
  /// The main file is the first.
  private(set) var files: [[[UInt8]]] = []
  private let folder: String

  /// - Parameters:
  /// - changed: the paths whose contents differ from the host's.
  /// - folder: the folder for the files, named by number.
  init(_ tree: SSHDConfigTree, changed: Set<String>, folder: String) {
    self.folder = folder
    _ = add(tree.main, of: tree, changed: changed, depth: 0)
  }

  /// A single file, as printed by `sshd -T -C`: without `Match`, since sshd has resolved them.
  init(resolved: SSHDEffective, folder: String) {
    self.folder = folder
    files = [
      resolved.values.sorted { $0.key < $1.key }.flatMap { keyword, values in
        values.compactMap { value in
          let value = Self.withoutAddresses(keyword, value)
          return value.isEmpty ? nil : Array("\(keyword) \(value)".utf8)
        }
      }
    ]
  }

  /// The lines of all files, each after the number of its file.
  var text: [UInt8] {
    files.enumerated().flatMap { number, lines in
      lines.flatMap { Array("\(number) ".utf8) + $0 + [0x0A] }
    }
  }

  private mutating func add(_ path: String, of tree: SSHDConfigTree, changed: Set<String>, depth: Int) -> Int? {
    guard depth <= SSHDConfigTree.maximumDepth, files.count < SSHDConfigTree.mostReadings, let file = tree.files[path]
    else { return nil }
    let number = files.count
    files.append([])
    var lines: [[UInt8]] = []
    for line in file.lines {
      guard case .include(let patterns) = line.kind else {
        lines.append(line.line.content)
        continue
      }
      for included in patterns.flatMap({ tree.resolved[$0] ?? [] }) {
        var place = included
        if tree.reaches(included, changed),
          let copy = add(included, of: tree, changed: changed, depth: depth + 1)
        {
          place = "\(folder)/\(copy)"
        }
        lines.append(Array("Include \"\(place)\"".utf8))
      }
    }
    files[number] = lines
    return number
  }

  /// `AllowUsers pi@10.0.0.*` without the address, since a rehearsal has none. The check has judged the real address.
  private static func withoutAddresses(_ keyword: String, _ value: String) -> String {
    guard keyword == "allowusers" || keyword == "denyusers" else { return value }
    let words = value.split(separator: " ")
    // A refusal of some addresses is not a refusal of the account.
    if keyword == "denyusers" { return words.filter { !$0.contains("@") }.joined(separator: " ") }
    return words.map { String($0.prefix { $0 != "@" }) }.joined(separator: " ")
  }
}

extension SSHDConfigTree {
  /// Whether the configuration depends on the client's address or on the server's address and port. A rehearsal runs
  /// over pipes, without addresses.
  var dependsOnAddresses: Bool {
    occurrences.contains { occurrence in
      let keyword = occurrence.directive.keyword.lowercased()
      let isList = keyword == "allowusers" || keyword == "denyusers"
      if isList, occurrence.directive.arguments.contains(where: { $0.contains("@") }) { return true }
      return occurrence.matches.joined().contains { word in
        let name = word.split(separator: "=").first.map { $0.lowercased() } ?? ""
        return ["address", "host", "localaddress", "localport", "rdomain"].contains(name)
      }
    }
  }

  /// Whether a file or an include of the file is changed.
  func reaches(_ path: String, _ changed: Set<String>) -> Bool {
    var seen: Set<String> = [path]
    var waiting = [path]
    while let next = waiting.popLast() {
      if changed.contains(next) { return true }
      for case .include(let patterns) in files[next]?.lines.map(\.kind) ?? [] {
        waiting += patterns.flatMap { resolved[$0] ?? [] }.filter { seen.insert($0).inserted }
      }
    }
    return false
  }
}
