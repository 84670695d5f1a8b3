/// The sign-in of a browser, by the cookies of a request. The cookie `__session` has the token. The cookie `__client_uat` has the Unix time
/// of the last sign-in or sign-out, and 0 if nobody is signed in (`@clerk/backend`, tokens/request.ts). If the instance's publishable key
/// is known, cookies whose names end with the key's suffix may be read instead.
struct SessionCookies {
    enum State: Equatable {
        /// No user is signed in.
        case signedOut
        /// A session token, which must not be older than the last sign-in or sign-out.
        case session(String, signedInAt: Int64)
        /// The cookies contradict each other. In a browser, Clerk's SDK would ask its server again by a handshake. Gatehouse answers 401.
        case inconsistent(code: String, message: String)
    }

    let state: State

    /// Reads every `Cookie` field (RFC 9113 section 8.2.3 allows several).
    ///
    /// - Parameters:
    ///   - key: The instance's key; `nil` if it is unknown, so that the plain cookies are read.
    ///   - now: The time with which the expiry of a token is compared.
    init(_ fields: HTTPFields, of key: PublishableKey? = nil, at now: Timestamp = .distantPast) {
        let cookies = fields[values: .cookie]
        func pair(_ suffix: String) -> Pair {
            Pair(
                sessions: Self.values("__session\(suffix)", cookies),
                signInTimes: Self.values("__client_uat\(suffix)", cookies)
            )
        }
        let plain = pair("")
        let suffixed = key?.cookieSuffix.map { pair("_\($0)") }
        guard !plain.isAmbiguous, suffixed?.isAmbiguous != true else {
            state = .inconsistent(code: "token-invalid", message: "there is more than one session cookie")
            return
        }
        let usesSuffixed =
            if let key, let suffixed { Self.usesSuffixed(plain, suffixed, of: key, at: now) } else { false }
        let used = usesSuffixed ? suffixed ?? plain : plain
        let signedInAt = used.signedInAt.flatMap { Int64($0) } ?? 0
        switch (used.session, signedInAt > 0) {
        case (nil, false): state = .signedOut
        case (nil, true):
            state = .inconsistent(
                code: "client-uat-but-no-session-token",
                message: "somebody is signed in, and there is no session token"
            )
        case (_?, false):
            state = .inconsistent(
                code: "session-token-but-no-client-uat",
                message: "there is a session token, and nobody is signed in"
            )
        case (let token?, true): state = .session(token, signedInAt: signedInAt)
        }
    }

    /// Returns the values of the cookies with this name, without empty values.
    private static func values(_ name: String, _ fields: [String]) -> [String] {
        fields.flatMap { $0.utf8.split(separator: UInt8(ascii: ";")) }.compactMap { pair in
            let cookie = pair.trimmingBlanks
            guard let equals = cookie.firstIndex(of: UInt8(ascii: "=")),
                cookie[..<equals].elementsEqual(name.utf8)
            else { return nil }
            let value = cookie[equals...].dropFirst()
            return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
        }
    }
}

extension Substring.UTF8View {
    fileprivate var trimmingBlanks: Substring.UTF8View {
        let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        let start = drop(while: isBlank)
        return start.lastIndex { !isBlank($0) }.map { start[...$0] } ?? start.prefix(0)
    }
}
