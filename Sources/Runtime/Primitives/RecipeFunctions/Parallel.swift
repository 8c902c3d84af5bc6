import Contract
import Diagnosis
import Values

extension Primitive {
  static let parallel = Primitive(
    "parallel", "Calls a function for all items of a list at once, and waits for all calls.", scope: .recipe,
    needs: nil,
    Parameter<[AnyArgument]>("list", "The items, such as `hosts.to`."),
    Parameter<FunctionArgument>("each", "The function. Its arguments are an item and the item's place in the list."),
    results: [ResultField("[n]", "any", "The function's result for the item at place n.")],
    done: "All branches have ended. A failed branch does not stop the others; the failures are raised together.",
    example: #"parallel(hosts.to, function(nas) nas:copy_id { key = key } end)"#
  ) { context, list, each in
    let services = context.services
    let branches = try Branches(of: list.map(\.value), in: context)
    let results = await withTaskGroup(of: (Int, Result<LuaValue, Failure>).self) { group in
      for (place, item) in list.enumerated() {
        let branch = branches.numbers[place]
        group.addTask {
          let arguments = [item.value, .integer(Int64(place + 1))]
          do throws(Failure) {
            return (place, .success(try await services.call(each.function, arguments, branch: branch).first ?? .nil))
          } catch { return (place, .failure(error)) }
        }
      }
      var results: [Int: Result<LuaValue, Failure>] = [:]
      var held = 0
      for await (place, result) in group {
        services.endBranch(branches.numbers[place])
        do throws(Failure) {
          try services.hold(result.size)
          held += result.size
          results[place] = result
        } catch { results[place] = .failure(error) }
      }
      services.release(held)
      return list.indices.compactMap { results[$0] }
    }
    let failures = results.compactMap { result in
      if case .failure(let failure) = result { failure } else { nil }
    }
    guard failures.isEmpty else { throw Failure(parts: failures, of: results.count) }
    return .plain(.table(LuaTable(list: try results.map { try $0.get() })))
  }
}

/// The branches of one call of `parallel`: all, or none.
private struct Branches {
  var numbers: [Int] = []

  init(of items: [LuaValue], in context: PrimitiveContext) throws(Failure) {
    let services = context.services
    do throws(Failure) {
      for item in items {
        numbers.append(try services.newBranch(of: context.branch, label: services.label(of: item)))
      }
    } catch {
      for number in numbers { services.endBranch(number) }
      throw error
    }
  }
}

extension Result<LuaValue, Failure> {
  /// In bytes, roughly.
  fileprivate var size: Int {
    switch self {
    case .success(let value): value.size
    case .failure(let failure):
      1000 + failure.message.utf8.count + (failure.explanation?.utf8.count ?? 0)
        + (failure.seen + failure.fix).reduce(0) { $0 + $1.utf8.count }
    }
  }
}

extension Failure {
  /// The sum of several branches' failures. A single failure is returned unchanged.
  package init(parts: [Failure], of count: Int) {
    if parts.count == 1, count == 1, let only = parts.first {
      self = only
      return
    }
    self.init(.parallel, "\(parts.count) of \(count) failed")
    failures = parts
  }
}
