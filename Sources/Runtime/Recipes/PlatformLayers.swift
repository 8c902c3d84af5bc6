import Hosts
import Values

/// A platform and the place of its declaration.
struct DeclaredPlatform: Sendable {
  let file: String
  let line: Int?
  let declaration: PlatformDeclaration
  var name: String { declaration.name }

  func error(_ problem: PlatformError.Problem) -> PlatformError { PlatformError(file: file, line: line, problem) }
}

/// Resolves declarations to platforms: a later folder replaces the platforms of earlier folders, `like` inherits.
enum PlatformLayers {
  /// - Throws: ``PlatformError`` for a name declared twice in a folder, an undeclared base, or bases in a circle.
  static func resolve(_ layers: [[DeclaredPlatform]]) throws(PlatformError) -> [Platform] {
    var known: [String: Platform] = [:]
    for layer in layers { try resolve(layer, into: &known) }
    return known.values.sorted { ($0.priority, $1.name) > ($1.priority, $0.name) }
  }

  private static func resolve(
    _ layer: [DeclaredPlatform], into known: inout [String: Platform]
  ) throws(PlatformError) {
    var names: Set<String> = []
    for entry in layer where !names.insert(entry.name).inserted {
      throw entry.error(.declaration(.duplicate(entry.name, place: "the folder")))
    }
    var waiting = layer
    while let first = waiting.first {
      let blocked = Set(waiting.map(\.name))
      // A base of the same name belongs to an earlier folder, so no entry waits for itself.
      let ready = waiting.filter { entry in
        guard let like = entry.declaration.like, like != entry.name else { return true }
        return !blocked.contains(like)
      }
      guard !ready.isEmpty else { throw first.error(.circle(waiting.map(\.name))) }
      for entry in ready { known[entry.name] = try platform(entry, known, layer) }
      let done = Set(ready.map(\.name))
      waiting.removeAll { done.contains($0.name) }
    }
  }

  private static func platform(
    _ entry: DeclaredPlatform, _ known: [String: Platform], _ layer: [DeclaredPlatform]
  ) throws(PlatformError) -> Platform {
    var base: Platform?
    if let like = entry.declaration.like {
      base = known[like]
      guard base != nil else {
        let names = Set(known.keys).union(layer.map(\.name)).subtracting([entry.name]).sorted()
        throw entry.error(.unknownBase(like, nearest: NearestName.find(like, among: names), known: names))
      }
    }
    do throws(DeclarationProblem) { return try entry.declaration.platform(from: base) } catch {
      throw entry.error(.declaration(error))
    }
  }
}
