import Diagnosis
import Hosts
import LoginSafety
import Lua
import Recipes
import Values

/// An execution of a recipe, on the hosts that fill its roles.
final class Run: Sendable {
  let id: String
  let recipe: RecipeFile
  let assignment: RoleAssignment
  let setup: RunSetup
  let numbers: Numbers
  let journal: Journal?
  let machine: LuaMachine
  let computer: ThisComputer
  /// This computer first, then the hosts in the order of the roles.
  let readers: [Reader]
  /// The branch of the recipe's main body.
  let branch: Int
  let state = RunState()
  let bodies = PluginBodies()

  init(
    id: String, recipe: RecipeFile, assignment: RoleAssignment, setup: RunSetup, computer: ThisComputer,
    numbers: Numbers, journal: Journal?, branch: Int
  ) throws {
    self.id = id
    self.recipe = recipe
    self.assignment = assignment
    self.setup = setup
    self.computer = computer
    self.numbers = numbers
    self.journal = journal
    self.branch = branch
    machine = try LuaMachine(limits: setup.limits, name: "\(recipe.name) \(id)")
    let state = state
    if let key = setup.options.offeredKey { state.update { $0.offeredKeys.append(key) } }
    let offers: @Sendable () -> [String] = { state.read(\.offeredKeys) }
    var readers = [computer.reader]
    for (role, target) in assignment.entries.flatMap({ entry in entry.targets.map { (entry.role.name, $0) } }) {
      let transport = setup.transport(to: target, offers: offers)
      let host = Host(id: readers.count, role: role, target: target, transport: transport)
      readers.append(Reader(host: host, platforms: setup.platforms))
    }
    self.readers = readers
  }

  /// The undo of other runs, over their open connections.
  init(undoing runs: [Run], as id: String, _ setup: RunSetup, _ computer: ThisComputer) throws {
    let hosts = runs.flatMap(\.assignment.targets)
    self.id = id
    recipe = RecipeFile(name: "undo \(runs.first?.id ?? "")", path: "", bytes: [], origin: .bundled)
    assignment = .undo(hosts)
    self.setup = setup
    self.computer = computer
    numbers = runs.first?.numbers ?? Numbers()
    journal = setup.journal(id, recipe: recipe.name, hosts: hosts)
    branch = 0
    machine = try LuaMachine(name: "\(recipe.name) \(id)")
    readers = [computer.reader] + runs.flatMap { $0.readers.dropFirst() }
  }

  var options: RunOptions { setup.options }
  var person: any Person { setup.person }
  var factory: any TransportFactory { setup.factory }
  var sink: any EventSink { setup.sink }

  /// Runs the recipe to its end, even after a failure; ``close(as:)`` must follow.
  ///
  /// - Parameter header: the declaration seen and agreed to by the user; only its permissions are granted.
  /// - Returns: the failure; `nil` for success.
  func carryOut(_ header: RecipeHeader, settings: RecipeSettings) async -> Failure? {
    var failure: Failure?
    state.update { $0.isWatched = true }
    do {
      let loaded = try await load(asReadBefore: header)
      grant(header.needs)
      await machine.sealGlobals()
      let (hosts, params) = (LuaShape.hosts(of: header), LuaShape.settings(of: header))
      await machine.define(hosts)
      await machine.define(params)
      let arguments = [hosts.table(hostObjects()), params.table(settings.luaFields)]
      state.update { $0.arguments = arguments }
      _ = try await machine.call(loaded.run, arguments, branch: branch)
    } catch {
      var error = self.failure(from: error)
      // For an error in the recipe's own Lua, only the recipe's state has the current step.
      error.step = error.step ?? state.step(of: branch)
      error.host = error.host ?? onlyHost
      failure = error
    }
    return await proveChanges(after: await proveOrRollBack(after: failure))
  }

  /// Closes all connections and the journal.
  func close(as outcome: RecordedOutcome) async {
    await machine.close()
    for reader in readers { reader.host.endRunWatchdog() }
    await withTaskGroup(of: Void.self) { group in
      for reader in readers.dropFirst() { group.addTask { await reader.host.transport.close() } }
    }
    journal?.close(as: outcome)
  }

  /// Each role with its host, or with a list of hosts.
  private func hostObjects() -> [String: LuaValue] {
    var fields: [String: LuaValue] = [:]
    var next = 1
    for entry in assignment.entries {
      let objects = entry.targets.map { _ -> LuaValue in
        defer { next += 1 }
        return .object(LuaObject(kind: HostArgument.objectKind, id: next))
      }
      fields[entry.role.name] = entry.role.isMany ? .table(LuaTable(list: objects)) : objects.first ?? .nil
    }
    return fields
  }
}
