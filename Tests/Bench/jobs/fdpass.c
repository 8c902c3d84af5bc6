/* A ProxyCommand for ProxyUseFdpass: connects with TCP_NODELAY, and hands the socket to ssh. Part of the floor only. */
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

int main(int count, char **words) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
  if (count < 3 || getaddrinfo(words[1], words[2], &hints, &found)) return 1;
  int s = socket(found->ai_family, SOCK_STREAM, 0), on = 1;
  if (s < 0 || connect(s, found->ai_addr, found->ai_addrlen)) return 1;
  setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  char nothing = 0, space[CMSG_SPACE(sizeof s)] = {0};
  struct iovec io = {&nothing, 1};
  struct msghdr message = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(sizeof s);
  memcpy(CMSG_DATA(head), &s, sizeof s);
  return sendmsg(1, &message, 0) < 0;
}
