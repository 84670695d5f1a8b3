import HTTPTypes

extension RemoteKeySet {
    /// The reason why a load gave no key set: a clause that is fit for a log.
    struct LoadFailure: Error {
        let reason: String
    }

    /// Asks the address once. `RemoteKeySet.State` says what holds after a failure.
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
    /// The request for the set. Without `Accept-Encoding` any coding would be welcome (RFC 9110 section 12.5.3).
    fileprivate var request: HTTPTransportRequest {
        HTTPTransportRequest(
            url: url,
            headerFields: [.accept: "application/jwk-set+json, application/json", .acceptEncoding: "identity"]
                + headerFields,
            deadline: deadline,
            maximumResponseByteCount: KeySet.maximumByteCount
        )
    }

    /// Returns the error that callers get after a load failed for this reason.
    func failure(_ reason: String) -> TokenError {
        TokenError(.remoteKeysFailedToLoad, "the key set at \(LoggedAddress(url)) could not be loaded: \(reason)")
    }
}

extension HTTPTransportResponse {
    /// A coding of the body (RFC 9110 section 8.4) that is not `identity`.
    fileprivate var foreignCoding: String? {
        headerFields[values: .contentEncoding]
            .flatMap { $0.split(separator: ",") }
            .map { $0.filter { $0 != " " && $0 != "\t" } }
            .first { !$0.isEmpty && $0.lowercased() != "identity" }
    }
}
