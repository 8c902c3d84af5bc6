import Contract
import Primitives
import Recipes
import Values

/// The permissions that a recipe's sources use, as far as the sources show.
struct UsedPermissions {
  private(set) var permissions: Set<Permission> = []
  private let catalogue: Catalogue

  /// - Parameters:
  ///   - sources: the recipe and its required modules.
  ///   - catalogue: the primitives that the recipe can call.
  init(in sources: some Sequence<[UInt8]>, calling catalogue: Catalogue = .builtIn) {
    self.catalogue = catalogue
    for source in sources { read(Array(LuaTokens(source))) }
  }

  private mutating func read(_ tokens: [LuaTokens.Token]) {
    for (index, token) in tokens.enumerated() {
      let before = index > 0 ? tokens[index - 1] : nil
      let after = index + 1 < tokens.count ? tokens[index + 1] : nil
      switch token {
      case .name(let name):
        // `host:chmod(…)`, `host.chmod`; `run = function` of the declaration is neither.
        if before == .symbol(UInt8(ascii: ":")) || before == .symbol(UInt8(ascii: ".")) { use(name) }
        if name == "root", after == .symbol(UInt8(ascii: "=")) { permissions.insert(.root) }
      case .string(let bytes):
        guard before == .symbol(UInt8(ascii: "[")) else { continue }
        let name = String(decoding: bytes, as: UTF8.self)
        use(name)
        if name == "root" { permissions.insert(.root) }
      case .symbol: break
      }
    }
  }

  private mutating func use(_ name: String) {
    guard let primitive = catalogue[name] else { return }
    permissions.formUnion(primitive.permissions)
    // The sources do not show which path or command is passed.
    if primitive.parameters.contains(where: \.takesPath) { permissions.insert(.files) }
    if name == "wait_for" { permissions.insert(.run) }
  }
}
