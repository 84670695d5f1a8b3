/// A user and session by which a token can be revoked: those of the token, or those of an actor for its user.
struct MarkedBearer: Sendable {
    let issuer: String
    let user: String
    let session: String?

    /// Returns the user and session of a principal's token, and those of its actors. An actor may itself have an actor (RFC 8693 section
    /// 4.1). The user and session of an actor count at the token's issuer, and also at the actor's own issuer if the claim names another
    /// one.
    static func bearers(of principal: Principal) -> [MarkedBearer] {
        var bearers = [
            MarkedBearer(issuer: principal.issuer, user: principal.id, session: principal.session?.id)
        ]
        var actor = principal.actor
        while let current = actor {  // ends, since the depth of JSON is bounded
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
