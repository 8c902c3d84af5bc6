import Scripts

/// Reads files on a host, always in the same way: the status by `ls -ldn`, which every system has, and the contents.
package enum FileProbe {
  /// The limit for the contents of one file, in bytes.
  package static let contentsLimit = 8 << 20

  static func script(_ paths: [String], limit: Int = contentsLimit) -> Script {
    Script("look", ShellScripts.probeFiles, [String(limit)] + paths, outputLimit: limit * 2 + 65536)
  }

  /// Reads the records of `look` (`lib/look.sh`).
  package static func parse(_ output: ArraySlice<UInt8>) -> [String: FileState] {
    var states: [String: FileState] = [:]
    var rest = output
    func line() -> String? {
      guard let end = rest.firstIndex(of: 0x0A) else { return nil }
      defer { rest = rest[(end + 1)...] }
      return String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
    }
    while let head = line() {
      guard head.hasPrefix("path "), let second = line() else { continue }
      let path = String(head.dropFirst(5))
      guard second != "absent", second != "hidden" else {
        states[path] = FileState(status: nil)
        continue
      }
      var state = FileState(status: FileStatus(listing: second))
      var next = line()
      while let text = next, state.attributes.read(text) { next = line() }
      if let next, next.hasPrefix("data "), let count = Int(next.dropFirst(5)),
        (0...rest.count).contains(count)
      {
        state.contents = Array(rest.prefix(count))
        rest = rest.dropFirst(count + 1)
      }
      states[path] = state
    }
    return states
  }
}
