import Recipes

/// The modules named in a Lua source.
struct RequiredModules: Hashable {
  /// The names in `require "name"` with a literal string.
  var names: Set<String> = []
  /// Whether `require` is used in another way, so that any module may be required.
  var isOpen = false

  init(in source: [UInt8]) {
    let tokens = Array(LuaTokens(source))
    let word = "require"
    for (index, token) in tokens.enumerated() {
      // As in `_G["require"]`.
      if token == .string(Array(word.utf8)) { isOpen = true }
      guard token == .name(word) else { continue }
      var next = index + 1
      if next < tokens.count, tokens[next] == .symbol(UInt8(ascii: "(")) { next += 1 }
      guard next < tokens.count, case .string(let bytes) = tokens[next],
        Self.ends(tokens, next, inParens: next > index + 1)
      else {
        isOpen = true
        continue
      }
      names.insert(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Whether the string is the whole argument: `require("a" .. b)` may name any module.
  private static func ends(_ tokens: [LuaTokens.Token], _ index: Int, inParens: Bool) -> Bool {
    !inParens || index + 1 < tokens.count && tokens[index + 1] == .symbol(UInt8(ascii: ")"))
  }
}
