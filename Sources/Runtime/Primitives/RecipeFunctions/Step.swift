import Contract
import Values

extension Primitive {
  static let step = Primitive(
    "step", "Begins a step, shown in the run's progress, plan and report.", scope: .recipe, needs: nil,
    Parameter<String>("title", "The purpose of the following lines, as in a guide."),
    example: #"step "Copy the public key to the Pi""#
  ) { context, title in
    try context.services.count(title)
    context.services.step(title, branch: context.branch, position: context.position)
    return .plain(.nil)
  }
}
