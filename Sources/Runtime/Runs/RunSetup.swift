import Contract
import Hosts
import Lua
import Primitives
import Recipes
import SystemPackage

/// Settings shared by all runs of one command: the options, the source of answers, the access to hosts, and the
/// destinations of events and journals.
package struct RunSetup: Sendable {
  package var platforms: [Platform]
  package var options: RunOptions
  package var person: any Person
  package var factory: any TransportFactory
  package var sink: any EventSink
  /// The folder for journals; `nil` to write none.
  package var journals: String?
  /// The limits for the Lua of one run.
  package var limits = LuaLimits.standard
  /// The primitives available to recipes.
  package var catalogue = Catalogue.builtIn
  /// The primitives written in Lua; they are part of ``catalogue``.
  package private(set) var library = PrimitiveLibrary.empty

  package init(
    platforms: [Platform], options: RunOptions, person: any Person, factory: any TransportFactory, sink: any EventSink,
    journals: String?
  ) {
    self.platforms = platforms
    self.options = options
    self.person = person
    self.factory = factory
    self.sink = sink
    self.journals = journals
  }

  /// Gives recipes the primitives written in Lua.
  package mutating func add(_ library: PrimitiveLibrary) {
    self.library = library
    catalogue = Catalogue(catalogue.primitives + library.primitives)
  }

  /// Checks before the first contact with a host that the journal can be written.
  ///
  /// - Throws: ``JournalError``.
  func checkJournal() throws {
    guard !options.isPlan, let journals else { return }
    try Journal.check(.init(journals))
  }

  /// The run's journal; `nil` for a plan, which changes nothing.
  func journal(_ id: String, recipe: String, hosts: [Target]) -> Journal? {
    guard !options.isPlan, let journals else { return nil }
    return Journal(
      runID: id, folder: .init(journals), recipe: recipe, hosts: hosts.map(\.description),
      logins: RecordedLogin.logins(to: hosts))
  }
}
