extension Condition {
    /// Returns the errors of a rule's condition.
    func findings(rule: Int) -> [Finding] {
        var findings: [Finding] = []
        collect(&findings, rule, path: [], depth: 1)
        return findings
    }

    /// Collects the findings of the condition. The function is recursive, to the depth that a condition may have.
    private func collect(_ findings: inout [Finding], _ rule: Int, path: [Int], depth: Int) {
        func add(_ message: String, _ steps: Int...) {
            findings.append(Finding(.invalidCondition, message, at: .condition(rule: rule, path: path + steps)))
        }
        guard depth <= Self.maximumDepth else {
            return add("a condition is nested deeper than \(Self.maximumDepth)")
        }
        switch self {
        case .compare(_, let lhs, let rhs):
            for (index, operand) in [lhs, rhs].enumerated() {
                if operand.isDeeper(than: Self.maximumDepth) {
                    add("a value is nested deeper than \(Self.maximumDepth)", 0, index)
                } else {
                    Self.collect(operand, &findings, rule, path: path + [0, index])
                }
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
                condition.collect(&findings, rule, path: path + [0, index], depth: depth + 1)
            }
        case .not(let condition):
            condition.collect(&findings, rule, path: path + [0], depth: depth + 1)
        }
    }

    /// Collects the findings of an operand. The function is recursive, to the depth that a value may have. A map contains no paths.
    private static func collect(_ operand: JSONValue, _ findings: inout [Finding], _ rule: Int, path: [Int]) {
        switch operand {
        case .string(let text) where AttributePath.isPath(text):
            do throws(AttributePathError) {
                _ = try AttributePath(text)
            } catch {
                findings.append(Finding(.invalidCondition, error.message, at: .condition(rule: rule, path: path)))
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() { collect(element, &findings, rule, path: path + [index]) }
        default: break
        }
    }
}

extension JSONValue {
    /// Returns true if lists and maps nest deeper than this.
    fileprivate func isDeeper(than limit: Int) -> Bool {
        switch self {
        case .array(let elements): limit == 0 || elements.contains { $0.isDeeper(than: limit - 1) }
        case .object(let members): limit == 0 || members.contains { $0.value.isDeeper(than: limit - 1) }
        default: false
        }
    }
}
