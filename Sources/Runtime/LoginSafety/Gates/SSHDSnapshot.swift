import Diagnosis
import Formats
import Hosts

/// sshd's configuration on a host at one moment: the files, and their meaning to sshd.
struct SSHDSnapshot: Sendable {
  /// `SSH_CONNECTION`: the client's address and port, the server's address and port.
  var connection = ""
  /// The path of sshd.
  var sshd: String?
  /// The path of the main file.
  var config: String
  /// The start options of the sshd that reads this file, word by word. The options win over the file.
  var arguments: [String] = []
  /// The names of the account's groups; `nil` if unknown.
  var groups: [String]?
  /// The main file and its includes; `nil` if the main file is missing or unreadable.
  var tree: SSHDConfigTree?
  var contents: [String: [UInt8]] = [:]
  /// All files, as read.
  var states: [String: FileState] = [:]
  /// Existing files without read permission for the account.
  var unreadable: [String] = []
  /// The sizes of files larger than ``FileProbe/contentsLimit``.
  var large: [String: Int] = [:]
  /// The files that are symbolic links, with their targets. Their contents are those of the targets.
  var links: [String: String] = [:]
  /// `sshd -T` without `-C`; `nil` if sshd was not asked or gave no answer.
  var global: SSHDEffective?
  /// `sshd -T -C` for the account and the login's address.
  var user: SSHDEffective?
  /// `sshd -T` for the wanted lines alone: the spelling in which their values appear in ``global``.
  var wish: SSHDEffective?
  /// sshd's standard error, without repeated lines.
  var problems: [String] = []

  /// sshd cannot check files without its privilege-separation directory: it is stopped, or started by a socket.
  var isWithoutRunDirectory: Bool {
    global == nil && problems.contains { $0.contains("Missing privilege separation directory") }
  }

  /// Whether `sshd -T` wants to know more about a login, since the configuration has `Match LocalPort`. sshd itself
  /// starts with such a configuration.
  var needsLogin: Bool {
    global == nil && user != nil && problems.contains { $0.contains("not in connection test specification") }
  }

  /// The path to write a file at, so that a link stays a link.
  func place(of path: String) -> String { links[path] ?? path }

  /// The options on sshd's command line that set a keyword, such as `-o PasswordAuthentication=yes`.
  func arguments(setting keyword: String) -> [String] {
    let names = Set(SSHDKeyword.find(keyword)?.allNames ?? [keyword.lowercased()])
    let short = ["-p": "port", "-h": "hostkey", "-c": "hostcertificate", "-g": "logingracetime"]
    return zip(arguments, arguments.dropFirst()).compactMap { flag, value in
      let name = flag == "-o" ? value.prefix { $0 != "=" && !$0.isWhitespace }.lowercased() : short[flag]
      return name.map(names.contains) == true ? "\(flag) \(value)" : nil
    }
  }

  init(_ output: [UInt8], config: String) throws(HostError) {
    self.config = config
    let mark = Array("\nfiles\n".utf8)
    let split = output.position(of: mark)
    let head = Array(output[..<(split ?? output.endIndex)])
    var resolved: [String: [String]] = [:]
    var pattern = ""
    var printed: [String: [String]] = [:]
    for line in ByteLine.split(head) {
      let words = line.content.split(separator: Byte.space, maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
      guard words.count == 2 else { continue }
      switch words[0] {
      case "connection": connection = words[1]
      case "sshd": sshd = words[1]
      case "config": self.config = words[1]
      case "argument": arguments.append(words[1])
      case "group": groups = (groups ?? []) + [words[1]]
      case "problem": if !problems.contains(words[1]) { problems.append(words[1]) }
      case "include":
        pattern = words[1]
        resolved[pattern] = resolved[pattern] ?? []
      case "is": if resolved[pattern]?.contains(words[1]) == false { resolved[pattern]?.append(words[1]) }
      default: printed[words[0], default: []].append(words[1])
      }
    }
    global = Self.effective(printed["global"])
    user = Self.effective(printed["user"])
    wish = Self.effective(printed["wish"])
    guard let split else { return }
    states = try FileProbe.parse(output[(split + mark.count)...])
    for (path, state) in states { read(path, state) }
    unreadable.sort()
    if contents[self.config] != nil {
      tree = SSHDConfigTree(main: self.config, files: contents, resolved: resolved)
    }
  }

  private mutating func read(_ path: String, _ state: FileState) {
    guard let status = state.status else { return }
    if status.kind == .link { links[path] = status.linkTarget ?? "" }
    if let bytes = state.contents {
      contents[path] = bytes
    } else if state.unseen == .large {
      large[path] = status.size
    } else {
      unreadable.append(path)
    }
  }

  private static func effective(_ lines: [String]?) -> SSHDEffective? {
    lines.map { SSHDEffective(output: Array($0.joined(separator: "\n").utf8)) }
  }

  /// Applies a plan's earlier changes.
  mutating func overlay(_ overlay: Overlay) -> Bool {
    guard let tree else { return false }
    var isChanged = false
    for path in contents.keys {
      guard let planned = overlay[place(of: path)]?.contents, planned != contents[path] else { continue }
      contents[path] = planned
      isChanged = true
    }
    if isChanged { self.tree = SSHDConfigTree(main: tree.main, files: contents, resolved: tree.resolved) }
    return isChanged
  }
}
