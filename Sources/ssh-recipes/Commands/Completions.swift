import Contract
import Primitives
import Recipes
import Runs
import Sharing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Names for shell completion.
enum Completions {
  @Sendable static func recipes() -> [String] {
    let repositories = Repositories()
    let shared = ((try? repositories.pinned()) ?? []).compactMap { try? repositories.load($0) }
    return ((try? RecipeFinder().list()) ?? []).map(\.name)
      + shared.flatMap { recipes in recipes.names.map { "\(recipes.repository.name)/\($0)" } }
  }

  @Sendable static func primitives() -> [String] {
    Catalogue.builtIn.primitives.map(\.name) + RecipePlaces.standard().primitiveLayers().flatMap(\.names)
  }

  @Sendable static func repositories() -> [String] { ((try? Repositories().pinned()) ?? []).map(\.name) }

  @Sendable static func runs() -> [String] { History().commands().map(\.id) }

  /// The `Host` aliases of `~/.ssh/config`, without patterns.
  @Sendable static func hosts() -> [String] {
    guard let home = TerminalFacts.environment("HOME"), let text = TextFile.read(home + "/.ssh/config") else {
      return []
    }
    var names: [String] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: { $0.isWhitespace || $0 == "=" })
      guard words.first?.lowercased() == "host" else { continue }
      names += words.dropFirst().map(String.init).filter { !$0.contains { "*?!".contains($0) } }
    }
    return names
  }
}
