import HTTPTypes

extension RemoteKeySet {
    /// The reason why a load returned no key set, as a clause for a log.
    struct LoadFailure: Error {
        let reason: String
    }

    /// Loads the set once. `RemoteKeySet.State` determines the state after a failure.
    static func load(
        _ configuration: Configuration,
        _ transport: any HTTPTransport
    ) async -> Result<(keys: KeySet, lifetime: CacheLifetime), LoadFailure> {
        do {
            let response = try await transport.send(configuration.request)
            guard response.status == .ok else {
                return .failure(LoadFailure(reason: "the answer has status \(response.status.code)"))
            }
            if let coding = response.foreignCoding {
                let reason = "the answer has the Content-Encoding “\(coding.printable)”, and none was asked for"
                return .failure(LoadFailure(reason: reason))
            }
            return .success((try KeySet(jwks: response.body), CacheLifetime(response.headerFields)))
        } catch let error as HTTPTransportError {
            return .failure(LoadFailure(reason: error.message))
        } catch let error as KeySetError {
            return .failure(LoadFailure(reason: error.message))
        } catch {
            return .failure(LoadFailure(reason: "the request failed"))
        }
    }
}

extension RemoteKeySet.Configuration {
    /// The request for the set. Without `Accept-Encoding`, the server could choose any coding (RFC 9110 section 12.5.3).
    fileprivate var request: HTTPTransportRequest {
        HTTPTransportRequest(
            url: url,
            headerFields: [.accept: "application/jwk-set+json, application/json", .acceptEncoding: "identity"]
                + headerFields,
            deadline: deadline,
            maximumResponseByteCount: KeySet.maximumByteCount
        )
    }

    /// Returns the error for callers after a load failed for this reason.
    func failure(_ reason: String) -> TokenError {
        TokenError(.remoteKeysFailedToLoad, "the key set at \(LoggedAddress(url)) could not be loaded: \(reason)")
    }
}

extension HTTPTransportResponse {
    /// The first coding of the body (RFC 9110 section 8.4) that is not `identity`; `nil` if there is none.
    fileprivate var foreignCoding: String? {
        headerFields[values: .contentEncoding]
            .flatMap { $0.split(separator: ",") }
            .map { $0.filter { $0 != " " && $0 != "\t" } }
            .first { !$0.isEmpty && $0.lowercased() != "identity" }
    }
}
