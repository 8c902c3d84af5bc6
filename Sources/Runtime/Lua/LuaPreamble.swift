/// The beginning of a file that is not Lua. Lua itself skips it only in files (`luaL_loadfilex`), and our sources are texts.
package enum LuaPreamble {
  /// The length of a byte order mark and of a first line for the system (`#!`), without the line's end.
  package static func length(in source: [UInt8]) -> Int {
    let mark = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard source.dropFirst(mark).first == UInt8(ascii: "#") else { return mark }
    return source.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? source.count
  }
}
