import Contract
import Hosts
import Lua
import Primitives
import SystemPackage

/// What the runs of one command have in common: what the command line says, who answers, how hosts are reached, and where it is
/// told and written down.
package struct RunSetup: Sendable {
  package var platforms: [Platform]
  package var options: RunOptions
  package var person: any Person
  package var factory: any TransportFactory
  package var sink: any EventSink
  /// The folder for journals; `nil`: none is written.
  package var journals: String?
  /// What the Lua of one run may use up.
  package var limits = LuaLimits.standard
  /// The primitives that recipes have.
  package var catalogue = Catalogue.builtIn

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

  /// A plan has none: it changes nothing.
  func journal(_ id: String, recipe: String, hosts: [Target]) -> Journal? {
    guard !options.isPlan, let journals else { return nil }
    return Journal(runID: id, folder: .init(journals), recipe: recipe, hosts: hosts.map(\.description))
  }
}
