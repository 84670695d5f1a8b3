extension ClerkAuthenticator {
    /// Authenticates by the plain session cookie. Machines' tokens are none (`@clerk/backend`, tokens/request.ts).
    func authenticate(_ cookies: SessionCookies) async -> Authentication {
        switch cookies.state {
        case .signedOut: return .anonymous
        case .inconsistent(let code, let message): return .rejected(code: code, message: message)
        case .session(let token, let signedInAt):
            // Asked after the signature, unlike in Clerk's SDK: nothing is read from a token that nobody vouches for.
            return await authenticate(jwt: token, as: [.session]) { verified in
                verified.issuedAt.map { $0.seconds >= signedInAt } == true
            }
        }
    }
}
