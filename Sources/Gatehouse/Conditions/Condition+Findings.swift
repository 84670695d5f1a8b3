extension Condition {
    /// How deep conditions, and lists and maps in their operands, may stand in one another.
    static let maximumDepth = 64

    /// What is wrong with the condition of a rule.
    func findings(rule: Int) -> [Finding] {
        var findings: [Finding] = []
        collect(&findings, rule, path: [])
        return findings
    }

    /// Recursive, as deep as a condition may be.
    private func collect(_ findings: inout [Finding], _ rule: Int, path: [Int]) {
        func add(_ message: String, _ steps: Int...) {
            findings.append(Finding(.invalidCondition, message, at: .condition(rule: rule, path: path + steps)))
        }
        // Each condition in another takes one step, or two through a list.
        guard path.count < 2 * Self.maximumDepth else {
            return add("a condition is nested deeper than \(Self.maximumDepth)")
        }
        switch self {
        case .compare(_, let lhs, let rhs):
            for (index, operand) in [lhs, rhs].enumerated() {
                Self.collect(operand, &findings, rule, path: path + [0, index])
            }
        case .exists(let path):
            do throws(AttributePathError) {
                _ = try AttributePath(path)
            } catch {
                add(error.message, 0)
            }
        case .all(let conditions), .any(let conditions):
            if conditions.isEmpty { add("“all” and “any” take at least one condition", 0) }
            for (index, condition) in conditions.enumerated() {
                condition.collect(&findings, rule, path: path + [0, index])
            }
        case .not(let condition):
            condition.collect(&findings, rule, path: path + [0])
        }
    }

    private static func collect(_ operand: JSONValue, _ findings: inout [Finding], _ rule: Int, path: [Int]) {
        switch operand {
        case .string(let text) where AttributePath.isPath(text):
            do throws(AttributePathError) {
                _ = try AttributePath(text)
            } catch {
                findings.append(Finding(.invalidCondition, error.message, at: .condition(rule: rule, path: path)))
            }
        case .array(let elements) where path.count < 2 * maximumDepth:
            for (index, element) in elements.enumerated() {
                collect(element, &findings, rule, path: path + [index])
            }
        case .array:
            findings.append(
                Finding(
                    .invalidCondition,
                    "a condition is nested deeper than \(maximumDepth)",
                    at: .condition(rule: rule, path: path)
                )
            )
        default: break
        }
    }
}
