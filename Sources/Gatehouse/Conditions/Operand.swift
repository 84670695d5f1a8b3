/// A side of a comparison.
enum Operand: Sendable {
    case path(AttributePath)
    case literal(JSONValue)
    /// A literal list that contains paths.
    case list([Operand])
    /// A text that should be a path and is not. It leads nowhere.
    case malformed

    /// Compiles an operand.
    ///
    /// - Parameter value: An operand of a condition without findings, whose depth is bounded.
    init(_ value: JSONValue) {
        switch value {
        case .string(let text) where AttributePath.isPath(text):
            self = (try? AttributePath(text)).map { .path($0) } ?? .malformed
        case .string(let text) where text.utf8.first == UInt8(ascii: "$"):
            self = .literal(.string(String(Substring(text.utf8.dropFirst()))))
        case .array(let elements):
            let operands = elements.map { Operand($0) }
            let literals = operands.compactMap { if case .literal(let value) = $0 { value } else { nil } }
            self = literals.count == operands.count ? .literal(.array(literals)) : .list(operands)
        default:
            self = .literal(value)
        }
    }

    /// Returns the operand's value in a check; `nil` if a path leads nowhere.
    func value(in facts: CheckFacts) -> JSONValue? {
        switch self {
        case .path(let path): return path.value(in: facts)
        case .literal(let value): return value
        case .list(let operands):
            var elements: [JSONValue] = []
            elements.reserveCapacity(operands.count)
            for operand in operands {
                guard let element = operand.value(in: facts) else { return nil }
                elements.append(element)
            }
            return .array(elements)
        case .malformed: return nil
        }
    }

    /// The paths of the operand, in order.
    var paths: [AttributePath] {
        switch self {
        case .path(let path): [path]
        case .literal, .malformed: []
        case .list(let operands): operands.flatMap(\.paths)
        }
    }
}
