/// A token whose signature holds and whose claims were accepted at the time of verification.
public struct VerifiedToken: Sendable {
    /// Whom the token speaks for: the claim `sub`, not empty.
    public let subject: String
    package let header: JSONNode
    package let payload: JSONNode
    let lifetime: TokenLifetime
    /// The findings about the token; `nil` if the token is not remembered.
    package let findings: TokenFindings?

    init(
        subject: String,
        lifetime: TokenLifetime,
        header: JSONNode,
        claims: JSONNode,
        findings: TokenFindings? = nil
    ) {
        self.subject = subject
        self.lifetime = lifetime
        self.header = header
        payload = claims
        self.findings = findings
    }

    /// This token without room to spare, and with room for findings, for whoever keeps it.
    func trimmed() -> VerifiedToken {
        VerifiedToken(
            subject: subject,
            lifetime: lifetime,
            header: header.trimmed(),
            claims: payload.trimmed(),
            findings: TokenFindings()
        )
    }

    /// The memory that the token takes elsewhere, once it is trimmed, without what was found out from it.
    var byteCount: Int {
        HeapMemory.text(subject) + header.document.byteCount + payload.document.byteCount
            + (findings == nil ? 0 : TokenFindings.byteCount)
    }

    /// The claim `iss`.
    public var issuer: String? { payload.member("iss")?.string }
    /// The claim `exp`, held within what a timestamp can say. The clock skew is not added.
    public var expiresAt: Timestamp { Timestamp(clampingSecondsSinceEpoch: lifetime.expiry) }
    /// The claim `iat`, held within what a timestamp can say.
    public var issuedAt: Timestamp? { lifetime.issuedAt.map { Timestamp(clampingSecondsSinceEpoch: $0) } }
    /// The claim `nbf`, held within what a timestamp can say.
    public var notBefore: Timestamp? { lifetime.notBefore.map { Timestamp(clampingSecondsSinceEpoch: $0) } }

    /// All claims. Made on each call; ``claim(at:)`` is cheaper for one.
    public var claims: JSONValue { JSONValue(payload) }

    /// The claim that these names lead to, each a member of the one before: `claim(at: ["org", "id"])`.
    public func claim(at path: [String]) -> JSONValue? {
        node(at: path).map { JSONValue($0) }
    }

    /// As ``claim(at:)``, without making a tree of it.
    package func node(at path: [String]) -> JSONNode? {
        var node = payload
        for name in path {
            guard let member = node.member(name) else { return nil }
            node = member
        }
        return node
    }
}

extension VerifiedToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The subject and the expiry; no other claim. The subject is cut to 64 characters and escaped, as a log needs it.
    public var description: String { "token of \"\(subject.printable)\" until \(expiresAt)" }
    /// The same.
    public var debugDescription: String { description }
    /// The same: a log that walks through values finds no other claim either.
    public var customMirror: Mirror {
        Mirror(self, children: ["subject": subject.printable, "expiresAt": expiresAt.description])
    }
}
