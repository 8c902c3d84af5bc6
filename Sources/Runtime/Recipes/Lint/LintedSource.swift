import Contract
import Lua

/// A source whose calls the linter checks: a recipe, the file of a primitive, or a module of either.
struct LintedSource {
  /// The name in messages.
  var name: String
  var bytes: [UInt8]
  /// The permissions of the recipe or primitive.
  var needs: Set<Permission>
  /// The primitive; `nil` for a recipe.
  var primitive: String?
  /// The arguments of `run` or `body`; none for a module.
  var arguments: [LuaShape?] = []

  init(name: String, bytes: [UInt8], needs: Set<Permission>, primitive: String? = nil) {
    self.name = name
    self.bytes = bytes
    self.needs = needs
    self.primitive = primitive
  }

  init(_ file: RecipeFile, _ header: RecipeHeader) {
    self.init(name: file.chunkName, bytes: file.bytes, needs: header.needs)
    arguments = [.hosts(of: header), .settings(of: header)]
  }

  init(_ entry: PrimitiveLibrary.Entry) {
    self.init(
      name: entry.file.path, bytes: entry.file.bytes,
      needs: Set(entry.primitive.permissions + entry.primitive.perhaps), primitive: entry.file.name)
    arguments = [nil, .arguments(of: entry.primitive)]
  }

  /// The message for a permission that each call of a primitive needs, and that the source lacks.
  func lacks(_ called: Primitive) -> String? {
    if let alternative = called.alternative, needs.contains(alternative) { return nil }
    guard let missing = called.permissions.first(where: { !needs.contains($0) }) else { return nil }
    let permission = "needs the permission \"\(missing.rawValue)\""
    return primitive.map { "'\($0)' calls '\(called.name)', which \(permission), and does not ask for it" }
      ?? "'\(called.name)' \(permission), which the recipe does not ask for"
  }
}

extension RecipeLint {
  /// A recipe or primitive, its modules, and the primitives of users and repositories that it calls, each with its
  /// tokens and calls.
  ///
  /// - Parameters:
  ///   - modules: the modules of the recipe.
  ///   - functions: the names of the recipe functions.
  func sources(
    from first: LintedSource, _ modules: RecipeModules?, functions: Set<String>
  ) -> [(source: LintedSource, text: LuaSource, calls: [StaticCall])] {
    var open = [first]
    var known: Set<String> = first.primitive.map { [$0] } ?? []
    var checked: [(LintedSource, LuaSource, [StaticCall])] = []
    while !open.isEmpty {
      let source = open.removeFirst()
      guard let text = LuaSource(source.bytes) else { continue }
      let calls = text.calls(functions: functions)
      checked.append((source, text, calls))
      for name in text.modules where known.insert("\(source.primitive ?? ""):\(name)").inserted {
        // The reading of the recipe tells a missing module.
        guard let module = try? library.module(name) ?? modules?.load(name) else { continue }
        open.append(
          LintedSource(
            name: module.chunkName, bytes: module.source, needs: source.needs, primitive: source.primitive))
      }
      for call in calls {
        guard let entry = library.entries[call.name], entry.file.origin != .bundled, known.insert(call.name).inserted
        else { continue }
        open.append(LintedSource(entry))
      }
    }
    return checked
  }
}
