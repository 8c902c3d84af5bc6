import Diagnosis
import Values

/// Functions of the recipe that a primitive calls back, and the branches of `parallel` in which they run.
package protocol RunBranches: Sendable {
  /// Calls a function of the recipe.
  ///
  /// - Parameter branch: the branch that the function's own calls belong to.
  /// - Returns: the function's results.
  /// - Throws: ``Failure``, for errors of Lua as well.
  func call(
    _ function: LuaFunctionReference, _ arguments: [LuaValue], branch: Int
  ) async throws(Failure) -> [LuaValue]

  /// Starts a branch of `parallel`.
  ///
  /// - Parameters:
  ///   - branch: the branch with the call of `parallel`; 0 outside.
  ///   - label: see ``label(of:)``.
  /// - Returns: the new branch's number.
  func newBranch(of branch: Int, label: String?) -> Int

  /// The name for the branch of one item: the item itself where it is a string, a host's name; `nil` for all others.
  func label(of item: LuaValue) -> String?
}
