/// All that a run does for a primitive beside the work on hosts. A type that needs only a part of it names that part.
package typealias RunServices = RunBranches & RunHosts & RunLogins & RunMessages & RunPermissions & RunPrompts
