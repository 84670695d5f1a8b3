#if Curl
extension CurlTransport {
    /// The settings of a transport that an operator may need.
    public struct Configuration: Sendable, Hashable {
        /// The path of a PEM file with the trusted certificates; `nil` for the system's certificates.
        public var trustedCertificates: String?
        /// The proxy's address, such as `http://proxy.example:3128`; `nil` for no proxy. The proxy variables of the environment have no
        /// effect, since they would send a request to loopback off the machine.
        public var proxy: String?

        /// Makes a configuration; by default with the system's certificates and no proxy.
        public init(trustedCertificates: String? = nil, proxy: String? = nil) {
            self.trustedCertificates = trustedCertificates
            self.proxy = proxy
        }
    }
}
#endif
