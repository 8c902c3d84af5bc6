/// The one way in which files of a host are looked at: status by `ls -ldn`, which every system has, and contents.
package enum FileProbe {
  /// The most bytes of a file that a look brings along.
  package static let contentsLimit = 8 << 20

  /// `look LIMIT PATH…`: for each path a line `path NAME`, a line of `ls`, lines of ``FileAttributes/function`` and `data N`
  /// with N bytes, or `none`.
  ///
  /// `ls` prints one line for a name with a newline in it with GNU, two with others; such names are refused before.
  package static let functions =
    FileAttributes.function + #"""
      look() {
        limit=$1; shift
        for p do
          printf 'path %s\n' "$p"
          if ! s=$(ls -ldn "$p" 2>/dev/null); then
            d=${p%/*}; [ -n "$d" ] || d=/
            if [ -L "$p" ] || [ -e "$p" ] || { [ -d "$d" ] && [ ! -x "$d" ]; }; then echo hidden; else echo absent; fi
            continue
          fi
          printf '%s\n' "$s"
          attributes "$p" "$s"
          if [ -f "$p" ] && [ -r "$p" ]; then
            n=$(wc -c <"$p"); n=$((n + 0))
            if [ "$n" -le "$limit" ]; then printf 'data %s\n' "$n"; head -c "$n" <"$p"; echo; else echo large; fi
          else echo none
          fi
        done
      }

      """#

  static func script(_ paths: [String], limit: Int = contentsLimit) -> Script {
    Script("look", functions + "look \"$@\"\n", [String(limit)] + paths, outputLimit: limit * 2 + 65536)
  }

  /// Reads what `look` printed.
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
      if let next, next.hasPrefix("data "), let count = Int(next.dropFirst(5)), count <= rest.count {
        state.contents = Array(rest.prefix(count))
        rest = rest.dropFirst(count + 1)
      }
      states[path] = state
    }
    return states
  }
}
