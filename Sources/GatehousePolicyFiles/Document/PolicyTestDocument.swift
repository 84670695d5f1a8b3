#if PolicyFiles
public import Gatehouse

/// A document of tests for a policy, in YAML or JSON.
///
/// ```yaml
/// policy: policy.yaml
/// tests:
///   - name: a member reads invoices
///     principal: { id: user_1, roles: [org:member] }
///     permission: org:invoices:read
///     expect: allow
/// ```
public struct PolicyTestDocument: Sendable {
    /// Where the policy lies, as the document says it: a path from the folder that the document stands in.
    public let policyPath: String
    /// The tests, in order.
    public let tests: [PolicyTest]

    /// Reads a document.
    ///
    /// - Parameter now: The time of a test that names none.
    /// - Throws: ``PolicyError`` with what is wrong, and where.
    public init(reading bytes: [UInt8], now: Timestamp) throws(PolicyError) {
        do throws(SyntaxError) {
            let tree = try PolicyDocument.tree(of: bytes)
            if let error = tree.errors.first { throw error }
            let reader = PolicyTestReader(now: now)
            (policyPath, tests) = try reader.document(tree.root)
        } catch {
            throw PolicyError(findings: [Finding(.syntax, error.message, position: error.position)])
        }
    }
}

/// A check, and the answer that it must have.
public struct PolicyTest: Sendable {
    /// What the test is called.
    public let name: String
    /// The question.
    public let check: AccessCheck
    /// Whether it must be allowed.
    public let expectsAllow: Bool
}

/// Makes tests of a document's tree. What a test asks is read as a line of `gatehouse policy check` is.
private struct PolicyTestReader {
    let now: Timestamp

    private enum Key: String, CaseIterable { case policy, tests }
    private enum TestKey: String, CaseIterable {
        case name, principal, permission, resource, context, action, at, expect
    }
    private enum Expectation: String, CaseIterable { case allow, deny }

    func document(_ root: DocumentNode) throws(SyntaxError) -> (path: String, tests: [PolicyTest]) {
        let members = try members(of: root, "a test document", Key.self)
        let path = try string(members[.policy], "policy", in: root)
        guard let list = members[.tests] else { throw SyntaxError("“tests” is missing", at: root.position) }
        guard case .sequence(let elements) = list.value else {
            throw SyntaxError("“tests” must be a list, not \(list.kind)", at: list.position)
        }
        var tests: [PolicyTest] = []
        for element in elements { tests.append(try test(element)) }
        return (path, tests)
    }

    private func test(_ node: DocumentNode) throws(SyntaxError) -> PolicyTest {
        let members = try members(of: node, "a test", TestKey.self)
        let name = try string(members[.name], "name", in: node)
        let word = try string(members[.expect], "expect", in: node)
        guard let expectation = Expectation(bytesOf: word) else {
            throw SyntaxError("“expect” must be “allow” or “deny”", at: members[.expect]?.position ?? node.position)
        }
        var line: [JSONMember] = []
        for key in TestKey.allCases where key != .name && key != .expect {
            if let value = members[key] { line.append(JSONMember(key.rawValue, try json(value))) }
        }
        do throws(CheckLineError) {
            let check = try CheckLine(reading: JSONValue.object(line).utf8, now: now).check
            return PolicyTest(name: name, check: check, expectsAllow: expectation == .allow)
        } catch {
            throw SyntaxError(error.message, at: node.position)
        }
    }

    private func members<Key: RawRepresentable<String> & CaseIterable & Hashable>(
        of node: DocumentNode,
        _ name: String,
        _: Key.Type
    ) throws(SyntaxError) -> [Key: DocumentNode] {
        guard case .mapping(let members) = node.value else {
            throw SyntaxError("\(name) must be a mapping, not \(node.kind)", at: node.position)
        }
        var values: [Key: DocumentNode] = [:]
        for member in members {
            guard let key = Key(bytesOf: member.key) else {
                throw SyntaxError("\(name) has no key “\(member.key.printable)”", at: member.keyPosition)
            }
            values[key] = member.value
        }
        return values
    }

    private func string(_ node: DocumentNode?, _ name: String, in parent: DocumentNode) throws(SyntaxError) -> String {
        guard let node else { throw SyntaxError("“\(name)” is missing", at: parent.position) }
        guard let string = node.string, !string.isEmpty else {
            throw SyntaxError("“\(name)” must be a string that is not empty", at: node.position)
        }
        return string
    }

    /// The node as JSON. A document nests 64 deep at most.
    private func json(_ node: DocumentNode) throws(SyntaxError) -> JSONValue {
        switch node.value {
        case .null: return .null
        case .bool: throw SyntaxError("a test cannot have a boolean yet", at: node.position)
        case .string(let string): return .string(string)
        case .number(let number):
            guard let number = number.integer.map({ JSONNumber($0) }) ?? JSONNumber(number.double) else {
                throw SyntaxError("a test cannot have this number", at: node.position)
            }
            return .number(number)
        case .sequence(let elements):
            var values: [JSONValue] = []
            for element in elements { values.append(try json(element)) }
            return .array(values)
        case .mapping(let members):
            var values: [JSONMember] = []
            for member in members { values.append(JSONMember(member.key, try json(member.value))) }
            return .object(values)
        }
    }
}
#endif
