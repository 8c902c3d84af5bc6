import Scripts

/// Reads files on a host, always in the same way: the status by `ls -ldn`, which every system has, and the contents.
package enum FileProbe {
  /// The limit for the contents of one file, in bytes.
  package static let contentsLimit = 8 << 20

  static func script(_ paths: [String], limit: Int = contentsLimit) -> Script {
    Script("look", ShellScripts.probeFiles, [String(limit)] + paths, outputLimit: limit * 2 + 65536)
  }

  /// Reads the records of `look` (`lib/look.sh`).
  ///
  /// - Throws: ``HostError`` `unclear` for a record that is incomplete or has another form. An unreadable record must
  ///   never count as an absent file: a run would overwrite the file, and an undo would remove it.
  package static func parse(_ output: ArraySlice<UInt8>) throws(HostError) -> [String: FileState] {
    try records(output, until: nil).states
  }

  /// - Parameter end: the line behind the last record.
  /// - Returns: also the bytes after this line. No file's contents can have the line, since they are counted.
  static func records(
    _ output: ArraySlice<UInt8>, until end: String?
  ) throws(HostError) -> (states: [String: FileState], rest: ArraySlice<UInt8>) {
    var states: [String: FileState] = [:]
    var rest = output
    func line() -> String? {
      guard let end = rest.firstIndex(of: 0x0A) else { return nil }
      defer { rest = rest[(end + 1)...] }
      return String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
    }
    func unclear(_ path: String, _ text: String?) -> HostError {
      .unclear(what: "ls -ldn \(path)", answer: text ?? "its output is cut off")
    }
    while let head = line() {
      if head == end { break }
      guard head.hasPrefix("path ") else { continue }
      let path = String(head.dropFirst(5))
      guard let second = line() else { throw unclear(path, nil) }
      if second == "absent" {
        states[path] = FileState(status: nil)
        continue
      }
      if second.hasPrefix("hidden ") {
        states[path] = FileState(status: nil, unseen: .hidden(why: String(second.dropFirst(7))))
        continue
      }
      guard let status = FileStatus(listing: second) else { throw unclear(path, second) }
      var state = FileState(status: status)
      var next = line()
      while let text = next, state.attributes.read(text) { next = line() }
      switch next {
      case "none"?: if status.kind == .file { state.unseen = .denied }
      case "large"?: state.unseen = .large
      case let data?:
        guard data.hasPrefix("data "), let count = Int(data.dropFirst(5)) else { throw unclear(path, data) }
        guard (0..<rest.count).contains(count) else { throw unclear(path, nil) }
        state.contents = Array(rest.prefix(count))
        rest = rest.dropFirst(count + 1)
      case nil: throw unclear(path, nil)
      }
      states[path] = state
    }
    return (states, rest)
  }
}
