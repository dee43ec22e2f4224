package io.jwal.s3.servers;

class RealS3BehaviourTest extends S3Behaviour {
    @Override
    S3Server startServer() {
        return RealS3.server();
    }
}
