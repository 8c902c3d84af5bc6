import Contract
import Hosts
import Recipes
import Values

extension RunOptions {
  /// The hosts in their roles, one entry for each run.
  ///
  /// - Throws: ``TargetError``, ``RoleError``.
  func assignments(for header: RecipeHeader) throws -> [RoleAssignment] {
    guard !hosts.isEmpty else {
      return try RoleAssignment.runs(of: header, with: targets.map { text in try Target(parsing: text) })
    }
    guard hosts.contains(where: { $0.role != nil }) else {
      return try RoleAssignment.runs(of: header, with: hosts.map(\.target))
    }
    let roles = Dictionary(grouping: hosts) { $0.role ?? "" }.mapValues { $0.map(\.target) }
    return [try RoleAssignment.run(of: header, filling: roles)]
  }
}

/// All unacceptable values for a recipe's parameters at once, for a single correction of the files.
package struct SettingProblems: Error, Sendable, CustomStringConvertible {
  /// Each problem with the hosts concerned.
  var problems: [(problem: SettingError, hosts: [String])] = []

  mutating func add(_ problem: SettingError, of hosts: [String]) {
    if let index = problems.firstIndex(where: { $0.problem == problem }) {
      problems[index].hosts += hosts
    } else {
      problems.append((problem, hosts))
    }
  }

  package var description: String {
    problems.map { entry in
      let names = entry.hosts.named(atMost: 3)
      return (names.isEmpty ? "" : "\(names): ") + entry.problem.description
    }.joined(separator: "\n")
  }
}

extension Runner {
  /// Reads all values for the recipe's parameters: of the command line, of the file of answers, and of each host. Asks
  /// once for a missing value.
  ///
  /// - Parameter assignments: receive the values for their hosts.
  /// - Returns: the values without those of hosts.
  /// - Throws: ``SettingError``, ``SettingProblems``.
  func settings(for header: RecipeHeader, _ assignments: inout [RoleAssignment]) async throws -> RecipeSettings {
    let options = setup.options
    let parameters = header.parameters
    let values = Dictionary(options.hosts.map { ($0.target, $0.values) }) { $1 }
    var problems = SettingProblems()
    var common: RecipeSettings?
    // An error of the command line is the same for all hosts.
    _ = try RecipeSettings(options.settings, for: parameters)
    for name in options.answers.keys.sorted() where !parameters.contains(where: { $0.name == name }) {
      let known = parameters.map(\.name)
      problems.add(.unknown(parameter: name, nearest: NearestName.find(name, among: known), known: known), of: [])
    }
    do throws(SettingError) {
      common = try RecipeSettings(options.settings, for: parameters, under: [options.answers])
    } catch { problems.add(error, of: []) }
    for index in assignments.indices where common != nil {
      let targets = assignments[index].targets
      do throws(SettingError) {
        let given = try Self.merged(targets.map { ($0, values[$0] ?? [:]) }, options)
        assignments[index].settings = try RecipeSettings(
          options.settings, for: parameters, under: [options.answers, given])
      } catch { problems.add(error, of: targets.map(\.description)) }
    }
    guard problems.problems.isEmpty, var common else { throw problems }
    try await ask(&common, &assignments, parameters)
    return common
  }

  /// The values of a run's hosts. The values of several hosts for a parameter have to be equal.
  private static func merged(
    _ hosts: [(target: Target, values: [String: GivenValue])], _ options: RunOptions
  ) throws(SettingError) -> [String: GivenValue] {
    var merged: [String: (host: Target, value: GivenValue)] = [:]
    let decided = Set(options.settings.compactMap { $0.split(separator: "=").first.map(String.init) })
    for (target, values) in hosts {
      for (name, value) in values where !decided.contains(name) && options.answers[name] == nil {
        guard let other = merged[name], other.value.text != value.text else {
          merged[name] = (target, value)
          continue
        }
        throw .conflict(parameter: name, first: other.host.description, second: target.description)
      }
    }
    return merged.mapValues(\.value)
  }

  private func ask(
    _ common: inout RecipeSettings, _ assignments: inout [RoleAssignment], _ parameters: [RecipeParameter]
  ) async throws {
    func missing(_ common: RecipeSettings, _ assignments: [RoleAssignment]) -> [RecipeParameter] {
      parameters.filter { parameter in
        assignments.contains { ($0.settings ?? common).missing.contains(parameter) }
      }
    }
    for parameter in missing(common, assignments) {
      let kind: Question.Kind = parameter.choices.isEmpty ? .text : .choice(parameter.choices)
      let question = Question("\(parameter.help)? (\(parameter.name))", kind: kind)
      guard !setup.options.isPlan, let answer = await setup.person.answer(question) else { continue }
      try common.answer(parameter, answer)
      for index in assignments.indices where assignments[index].settings?.missing.contains(parameter) == true {
        try assignments[index].settings?.answer(parameter, answer)
      }
    }
    let left = missing(common, assignments)
    guard left.isEmpty else { throw SettingError.missing(left) }
  }
}
