#if PolicyFiles
import Gatehouse

/// A reader that makes an assignment from a mapping of a document.
struct AssignmentReader {
    private(set) var assignment = Assignment(RoleAssignment(""), to: "")
    private(set) var findings: [Finding] = []
    /// The positions of the members that could be read.
    private(set) var positions: [Finding.Location.AssignmentMember: SourcePosition] = [:]

    init(_ members: [DocumentMember], at position: SourcePosition) {
        var missing: Set<Finding.Location.AssignmentMember> = [.principal, .role]
        for member in members {
            guard let name = Finding.Location.AssignmentMember(bytesOf: member.key) else {
                findings.append(
                    Finding(
                        .unknownKey,
                        "an assignment has no key “\(member.key.printable)”"
                            + Finding.Location.AssignmentMember.suggestion(for: member.key),
                        position: member.keyPosition
                    )
                )
                continue
            }
            missing.remove(name)
            read(name, member.value)
        }
        for name in Finding.Location.AssignmentMember.allCases where missing.contains(name) {
            findings.append(
                Finding(.invalidAssignment, "the assignment has no “\(name.rawValue)”", position: position)
            )
        }
    }

    private mutating func read(_ name: Finding.Location.AssignmentMember, _ node: DocumentNode) {
        let problem =
            switch name {
            case .principal: set(\.principal, node.nonEmptyString, "a string, and not empty")
            case .type:
                set(
                    \.type,
                    node.string.flatMap { Name.isSegment($0) ? $0 : nil },
                    "one segment of A-Z a-z 0-9 _ - ., such as user or machine"
                )
            case .issuer:
                set(\.issuer, node.nonEmptyString, "a string, and not empty; leave it out for the authorizer's own")
            case .organization:
                set(\.organization, node.nonEmptyString, "a string, and not empty; leave it out for all of them")
            case .role: set(\.role.role, node.string, "a string")
            case .resource:
                set(\.role.resource, node.string.flatMap { ResourceID($0) }, "“type:id” with a type of one segment")
            case .notBefore: set(\.role.notBefore, Timestamp(node), Timestamp.expectation)
            case .notAfter: set(\.role.notAfter, Timestamp(node), Timestamp.expectation)
            }
        guard let problem else {
            positions[name] = node.position
            return
        }
        findings.append(
            Finding(.invalidAssignment, "“\(name.rawValue)” must be \(problem)", position: node.position)
        )
    }

    /// Sets a member. Returns `expected` if there is no value, and `nil` otherwise.
    private mutating func set<Value>(
        _ path: WritableKeyPath<Assignment, Value>,
        _ value: Value?,
        _ expected: String
    ) -> String? {
        guard let value else { return expected }
        assignment[keyPath: path] = value
        return nil
    }

    private mutating func set<Value>(
        _ path: WritableKeyPath<Assignment, Value?>,
        _ value: Value?,
        _ expected: String
    ) -> String? {
        guard let value else { return expected }
        assignment[keyPath: path] = value
        return nil
    }
}

extension Timestamp {
    /// The required form of a time, for messages.
    static let expectation = "an RFC 3339 string or a number of Unix seconds, from year 0000 to 9999"

    /// Reads the time of a node; `nil` if the node is not a time. A number in a string is not a time.
    fileprivate init?(_ node: DocumentNode) {
        switch node.value {
        case .string(let text): self.init(rfc3339: text)
        case .number(let number): self.init(secondsSinceEpoch: number.double)
        default: return nil
        }
    }
}
#endif
