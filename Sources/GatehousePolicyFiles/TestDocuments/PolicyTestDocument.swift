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
        /// True if it must be allowed; else it must be denied.
        public var expectsAllow: Bool

        /// Makes a test.
        public init(name: String, check: AccessCheck, expectsAllow: Bool) {
            self.name = name
            self.check = check
            self.expectsAllow = expectsAllow
        }
    }

    /// The path of the policy, from the folder of the test document.
    public let policyPath: String
    /// The tests, in order.
    public let tests: [Test]

    /// Reads a document, with the limits of a policy document.
    ///
    /// - Parameters:
    ///   - bytes: The document: JSON or YAML, in UTF-8.
    ///   - now: the time of a test that names none.
    /// - Throws: `PolicyError` with everything that is wrong, each where it stands: `unknown-key` and `syntax`.
    public init(reading bytes: [UInt8], now: Timestamp) throws(PolicyError) {
        var reader = PolicyTestReader(now: now)
        var findings: [Finding] = []
        do throws(SyntaxError) {
            let tree = try PolicyDocument.tree(of: bytes)
            reader.read(tree.root)
            findings = tree.errors.map { Finding(.syntax, $0.message, position: $0.position) }
        } catch {
            throw PolicyError(findings: [Finding(.syntax, error.message, position: error.position)])
        }
        // A text that is wrong in itself is often no value of the expected kind either.
        let places = Set(findings.map(\.position))
        findings += reader.findings.filter { !places.contains($0.position) }
        guard findings.isEmpty else { throw PolicyError(findings: findings.sortedByPlace()) }
        policyPath = reader.policyPath
        tests = reader.tests
    }
}
#else
public import Gatehouse

/// Tests of a policy, in YAML or JSON.
@available(*, unavailable, message: "enable the trait PolicyFiles of the package gatehouse")
public struct PolicyTestDocument {
    public init(reading bytes: [UInt8], now: Timestamp) throws(PolicyError) {}
}
#endif
