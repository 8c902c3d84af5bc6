import Contract
import Lua
import Values

/// Checks the calls of primitives in the sources of a recipe, as far as the sources show the arguments, and the fields read
/// from their results: in the recipe, its modules, and the primitives of users and repositories that the recipe calls.
package struct RecipeLint: Sendable {
  package struct Finding: Sendable, Hashable, CustomStringConvertible {
    package var file: String
    package var line: Int
    package var message: String
    /// Whether a run would refuse the arguments there for sure. A missing permission is left to the run.
    package var isCertain: Bool
    /// The primitive whose help explains the mistake.
    package var primitive: String?

    package var description: String { "\(file):\(line): \(message)" }
  }

  private let catalogue: Catalogue
  let library: PrimitiveLibrary

  /// - Parameters:
  ///   - catalogue: the primitives in Swift.
  ///   - library: the primitives in Lua that the recipe can call.
  package init(_ catalogue: Catalogue, with library: PrimitiveLibrary) {
    self.catalogue = Catalogue(catalogue.primitives + library.primitives)
    self.library = library
  }

  /// The findings in the order of the sources and their lines.
  package func findings(in file: RecipeFile, with header: RecipeHeader) async -> [Finding] {
    await findings(from: LintedSource(file, header), file.modules)
  }

  /// The findings in the file of a primitive.
  package func findings(inPrimitive name: String) async -> [Finding] {
    guard let entry = library.entries[name] else { return [] }
    return await findings(from: LintedSource(entry), nil)
  }

  private func findings(from first: LintedSource, _ modules: RecipeModules?) async -> [Finding] {
    let functions = Set(catalogue.primitives.filter { $0.scope == .recipe }.map(\.name))
    var findings: [Finding] = []
    for (source, text, calls) in sources(from: first, modules, functions: functions) {
      let tables = KnownTables(text, calls, arguments: source.arguments, catalogue: catalogue)
      let fields = tables.mistakes.map {
        Finding(file: source.name, line: $0.line, message: $0.message, isCertain: true, primitive: nil)
      }
      let found = (await self.findings(in: source, calls) + fields).sorted { $0.line < $1.line }
      // A module may be used by the recipe and by a primitive.
      findings += found.filter { !findings.contains($0) }
    }
    return findings
  }

  private func findings(in source: LintedSource, _ calls: [StaticCall]) async -> [Finding] {
    var findings: [Finding] = []
    var checks: [(call: StaticCall, arguments: [String: LuaValue])] = []
    func add(_ call: StaticCall, _ message: String, isArgument: Bool = true) {
      let isCertain = call.isCertain && isArgument
      findings.append(
        Finding(
          file: source.name, line: call.line, message: message, isCertain: isCertain,
          primitive: isArgument ? call.name : nil))
    }
    for call in calls {
      guard let primitive = catalogue[call.name], (primitive.scope == .host) == call.isMethod else {
        if call.isMethod, call.isCertain { add(call, unknownMember(call.name), isArgument: false) }
        continue
      }
      if let missing = source.lacks(primitive) {
        add(call, missing, isArgument: false)
        continue
      }
      do throws(ArgumentError) {
        let named = try ArgumentList.named(call.arguments, parameters: primitive.parameters)
        let unknown = Set(primitive.parameters.map(\.name).filter { named[$0].map(\.isUnknown) ?? call.isOpen })
        try primitive.inspect(named, unknown)
        if unknown.isEmpty { checks.append((call, named)) }
      } catch { add(call, error.message(primitive: call.name)) }
    }
    for (place, message) in await library.problems(checks.map { ($0.call.name, $0.arguments) }) {
      add(checks[place].call, message)
    }
    return findings
  }

  private func unknownMember(_ name: String) -> String {
    let known = catalogue.primitives.filter { $0.scope == .host }.map(\.name)
    return "hosts have no primitive '\(name)'"
      + (NearestName.find(name, among: known).map { "; did you mean '\($0)'?" } ?? "")
  }
}
