/// The output of `ssh -vvv -G`: the files read, and the `Host` and `Match` blocks that apply (readconf.c).
///
/// ssh does not print the line of an option. The files are read a second time here, along ssh's own decisions: the
/// first line of a keyword in an applicable block is the line in effect.
package struct SSHConfigLog: Sendable {
  /// A line of a configuration file that set an option.
  package struct Place: Sendable, Hashable {
    package var file: String
    package var line: Int
    /// The keyword in ssh_config(5)'s spelling, and the value as written.
    package var text: String

    /// `/home/me/.ssh/config line 2: IdentitiesOnly yes`.
    package var description: String { "\(file) line \(line): \(text)" }

    /// The value's words, without quotes.
    package var words: [String] { ConfigWords(Array(text.utf8))?.words ?? [] }
  }

  /// The files of the command, in the order of reading; files included by others are not among them.
  private var files: [String] = []
  /// The lines of the applicable `Host` blocks.
  private var hosts: Set<Position> = []
  /// The files included at a line, at each depth: a file may include itself.
  private var inclusions: [Inclusion: [String]] = [:]
  /// Whether each `Match` line applies, in the order of reading.
  private var matches: [Bool] = []
  /// The files of the command, and those included by others.
  package var allFiles: [String] { files + inclusions.values.joined() }
  /// Whether ssh ran a command for a `Match exec`.
  package private(set) var runsCommands = false
  /// Messages about lines refused by ssh.
  package private(set) var complaints: [String] = []

  private struct Position: Hashable {
    var file: String
    var line: Int
  }

  private struct Inclusion: Hashable {
    var position: Position
    var depth: Int
  }

  package init(_ text: String) {
    var pending: Set<String> = []
    for line in text.split(whereSeparator: \.isNewline).map(String.init) {
      guard line.hasPrefix("debug") else {
        if Self.isComplaint(line) { complaints.append(line) }
        continue
      }
      let note = line.drop { $0 != " " }.dropFirst()
      if let file = note.after("Reading configuration data ") {
        if pending.remove(file) == nil, !files.contains(file) { files.append(file) }
      } else if note.hasPrefix("Executing command: ") {
        runsCommands = true
      } else if note == "match found" {
        matches.append(true)
      } else if note == "match not found" {
        matches.append(false)
      } else if let (position, _) = Self.split(note, at: ": Applying options for ") {
        hosts.insert(position)
      } else if let (position, rest) = Self.split(note, at: ": Including file ") {
        let file = rest.components(before: " depth ")
        let depth = Int(rest.dropFirst(file.count + " depth ".count)) ?? 0
        let inclusion = Inclusion(position: position, depth: depth)
        if inclusions[inclusion]?.contains(file) != true { inclusions[inclusion, default: []].append(file) }
        pending.insert(file)
      }
    }
  }

  private static func isComplaint(_ line: String) -> Bool {
    line.contains(" line ") || line.contains("terminating, ") || line.hasPrefix("Bad owner or permissions on ")
      || line.hasPrefix("Can't open user config file ") || line.hasPrefix("Too many recursive configuration includes")
  }

  /// `FILE line N` in front of a separator.
  private static func split(_ note: Substring, at separator: String) -> (Position, String)? {
    guard let found = note.firstRange(of: separator) else { return nil }
    let place = note[..<found.lowerBound]
    guard let number = place.split(separator: " ").last.flatMap({ Int($0) }),
      place.hasSuffix(" line \(number)")
    else { return nil }
    return (
      Position(file: String(place.dropLast(" line \(number)".count)), line: number), String(note[found.upperBound...])
    )
  }

  /// The line of each keyword.
  ///
  /// - Parameter read: gives a file's contents.
  package func places(reading read: (String) -> [UInt8]) -> [String: Place] {
    var walk = Walk(log: self, matches: matches[...])
    for file in files { walk.read(file, isActive: true, depth: 0, read) }
    return walk.places
  }

  private struct Walk {
    let log: SSHConfigLog
    var matches: ArraySlice<Bool>
    var places: [String: Place] = [:]
    /// The limit of readconf.c.
    private static let mostDepth = 16

    init(log: SSHConfigLog, matches: ArraySlice<Bool>) {
      self.log = log
      self.matches = matches
    }

    mutating func read(_ file: String, isActive wasActive: Bool, depth: Int, _ read: (String) -> [UInt8]) {
      guard depth <= Self.mostDepth else { return }
      var isActive = wasActive
      for (index, line) in ByteLine.split(read(file)).enumerated() {
        guard let words = ConfigWords(line.content) else { continue }
        let keyword = String(decoding: line.content[words.keyword], as: UTF8.self)
        let position = Position(file: file, line: index + 1)
        switch keyword.lowercased() {
        case "host": isActive = wasActive && log.hosts.contains(position)
        case "match": isActive = wasActive && (matches.popFirst() ?? false)
        case "include":
          for other in log.inclusions[Inclusion(position: position, depth: depth)] ?? [] {
            self.read(other, isActive: isActive, depth: depth + 1, read)
          }
        default:
          let name = SSHConfigKeyword(keyword)
          guard isActive, places[name.key] == nil else { continue }
          let value = String(decoding: line.content[words.arguments], as: UTF8.self)
          places[name.key] = Place(file: file, line: index + 1, text: "\(name.text) \(value)")
        }
      }
    }
  }
}

extension Substring {
  fileprivate func after(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}

extension String {
  fileprivate func components(before separator: String) -> String {
    firstRange(of: separator).map { String(self[..<$0.lowerBound]) } ?? self
  }
}
