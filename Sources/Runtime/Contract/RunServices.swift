/// A run's services for primitives, apart from the work on hosts. Types name only the parts they use.
package typealias RunServices = RunBranches & RunHosts & RunLogins & RunMessages & RunPermissions & RunPrompts
  & RunPlugins
