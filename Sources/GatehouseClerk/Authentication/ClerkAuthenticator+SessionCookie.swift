extension ClerkAuthenticator {
    /// Authenticates by the session cookie. A machine's token in the cookie is no session token (`@clerk/backend`, tokens/request.ts).
    func authenticate(_ cookies: SessionCookies) async -> Authentication {
        switch cookies.state {
        case .signedOut: return .anonymous
        case .inconsistent(let code, let message): return .rejected(code: code, message: message)
        case .session(let token, let signedInAt):
            // The time of issue is compared after the signature, unlike in Clerk's SDK: the claims of an unverified token decide nothing here.
            return await authenticate(jwt: token, as: [.session]) { verified in
                verified.issuedAt.map { $0.seconds >= signedInAt } == true
            }
        }
    }
}
