#if PolicyFiles
public import Gatehouse

/// Tests of a policy, in YAML or JSON: checks, each with the answer that it must get.
///
/// ```yaml
/// policy: policy.yaml
/// tests:
///   - name: a member reads invoices
///     principal: { id: alice, roles: [org:member] }
///     permission: org:invoices:read
///     expect: allow
/// ```
public struct PolicyTestDocument: Sendable {
    /// One test.
    public struct Test: Sendable {
        /// What it shows.
        public var name: String
        /// The question.
        public var check: AccessCheck
        /// Whether it must be allowed; else it must be denied.
        public var expectsAllow: Bool
    }

    /// Where the policy is, from the folder of the test document.
    public let policyPath: String
    /// The tests, in order.
    public let tests: [Test]

    private enum Key: String, CaseIterable { case policy, tests }

    /// Reads a document, with the limits of a policy document.
    ///
    /// - Parameter now: the time of a test that names none.
    /// - Throws: ``PolicyError`` with what is wrong: an unknown key, or `syntax` for everything else.
    public init(reading bytes: [UInt8], now: Timestamp) throws(PolicyError) {
        var findings: [Finding] = []
        do throws(SyntaxError) {
            let tree = try PolicyDocument.tree(of: bytes)
            if let error = tree.errors.min(by: { $0.position < $1.position }) { throw error }
            guard case .mapping(let members) = tree.root.value else {
                throw SyntaxError("a test document must be a mapping, not \(tree.root.kind)", at: tree.root.position)
            }
            let entries = EntryMembers<Key>(
                members,
                "a test document",
                at: tree.root.position,
                required: Array(Key.allCases),
                .syntax
            )
            findings = entries.findings
            guard let policy = entries[.policy], let tests = entries[.tests] else {
                throw SyntaxError("a test document needs “policy” and “tests”", at: tree.root.position)
            }
            guard let path = policy.string, !path.isEmpty else {
                throw SyntaxError("“policy” must be the path of a policy document", at: policy.position)
            }
            guard case .sequence(let elements) = tests.value else {
                throw SyntaxError("“tests” must be a list, not \(tests.kind)", at: tests.position)
            }
            policyPath = path
            var read: [Test] = []
            for element in elements { read.append(try Self.test(element, now)) }
            self.tests = read
        } catch {
            throw PolicyError(findings: [Finding(.syntax, error.message, position: error.position)])
        }
        guard findings.isEmpty else { throw PolicyError(findings: findings) }
    }

    /// A test is a check line with a name and an answer.
    private static func test(_ node: DocumentNode, _ now: Timestamp) throws(SyntaxError) -> Test {
        guard case .mapping(let members) = node.value else {
            throw SyntaxError("a test must be a mapping, not \(node.kind)", at: node.position)
        }
        func member(_ name: String) -> DocumentNode? { members.first { $0.key.hasSameBytes(as: name) }?.value }
        guard let name = member("name")?.string, !name.isEmpty else {
            throw SyntaxError("a test needs a “name”", at: member("name")?.position ?? node.position)
        }
        guard let expected = member("expect")?.string.flatMap({ Rule.Effect(bytesOf: $0) }) else {
            throw SyntaxError("“expect” must be “allow” or “deny”", at: member("expect")?.position ?? node.position)
        }
        // A test has no id; whatever else a check line does not have is found there.
        if let id = members.first(where: { $0.key.hasSameBytes(as: "id") }) {
            throw SyntaxError("a test has no key “id”", at: id.keyPosition)
        }
        let rest = members.filter { !$0.key.hasSameBytes(as: "name") && !$0.key.hasSameBytes(as: "expect") }
        let check = try DocumentNode(value: .mapping(rest), position: node.position).json()
        do throws(CheckLineError) {
            let line = try CheckLine(reading: check.utf8, now: now)
            return Test(name: name, check: line.check, expectsAllow: expected == .allow)
        } catch {
            throw SyntaxError("in the test “\(name.printable)”: \(error.message)", at: node.position)
        }
    }
}
#endif
