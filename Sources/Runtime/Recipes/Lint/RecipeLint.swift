import Contract
import Lua
import Values

/// Checks the calls of primitives in a recipe's source, as far as the source shows their arguments.
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
  private let library: PrimitiveLibrary

  /// - Parameters:
  ///   - catalogue: the primitives in Swift.
  ///   - library: the primitives in Lua that the recipe can call.
  package init(_ catalogue: Catalogue, with library: PrimitiveLibrary) {
    self.catalogue = Catalogue(catalogue.primitives + library.primitives)
    self.library = library
  }

  /// The findings in the order of the source.
  package func findings(in file: RecipeFile, with header: RecipeHeader) async -> [Finding] {
    guard let source = LuaSource(file.bytes) else { return [] }
    let functions = Set(catalogue.primitives.filter { $0.scope == .recipe }.map(\.name))
    var findings: [Finding] = []
    var checks: [(call: StaticCall, arguments: [String: LuaValue])] = []
    func add(_ call: StaticCall, _ message: String, isArgument: Bool = true) {
      let isCertain = call.isCertain && isArgument
      findings.append(
        Finding(
          file: file.chunkName, line: call.line, message: message, isCertain: isCertain,
          primitive: isArgument ? call.name : nil))
    }
    for call in source.calls(functions: functions) {
      guard let primitive = catalogue[call.name], (primitive.scope == .host) == call.isMethod else {
        if call.isMethod, call.isCertain { add(call, unknownMember(call.name), isArgument: false) }
        continue
      }
      if let missing = primitive.missing(in: header.needs) {
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
    return findings.sorted { $0.line < $1.line }
  }

  private func unknownMember(_ name: String) -> String {
    let known = catalogue.primitives.filter { $0.scope == .host }.map(\.name)
    return "hosts have no primitive '\(name)'"
      + (NearestName.find(name, among: known).map { "; did you mean '\($0)'?" } ?? "")
  }
}

extension Primitive {
  /// The message for a permission that each call needs and the recipe lacks.
  fileprivate func missing(in needs: Set<Permission>) -> String? {
    if let alternative, needs.contains(alternative) { return nil }
    return permissions.first { !needs.contains($0) }.map {
      "'\(name)' needs the permission \"\($0.rawValue)\", which the recipe does not ask for"
    }
  }
}
