/// A user and session by which a token can be revoked: the token's own, or those of somebody who acts as its user.
struct MarkedBearer: Sendable {
    let issuer: String
    let user: String
    let session: String?

    /// Returns the user and session that a principal's token speaks for, and those that act for them: an actor may have an actor in turn
    /// (RFC 8693 section 4.1). An actor's user and session count at the token's issuer, and at the actor's own where the claim names
    /// another.
    static func bearers(of principal: Principal) -> [MarkedBearer] {
        var bearers = [
            MarkedBearer(issuer: principal.issuer, user: principal.id, session: principal.session?.id)
        ]
        var actor = principal.actor
        while let current = actor {  // ends: a claim nests as deep as its token's JSON may
            let (user, session) = (current["sub"]?.text, current["sid"]?.text)
            for issuer in [principal.issuer, current["iss"]?.text].compactMap(\.self)
            where user != nil || session != nil {
                bearers.append(MarkedBearer(issuer: issuer, user: user ?? "", session: session))
            }
            actor = current["act"]
        }
        return bearers
    }
}

extension JSONValue {
    /// The text of a string that is not empty.
    fileprivate var text: String? {
        guard case .string(let text) = self, !text.isEmpty else { return nil }
        return text
    }
}
