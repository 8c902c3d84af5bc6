// netdelay NEAR FAR MS LOSS PIDFILE: joins two taps by a line with a round trip of MS milliseconds that loses
// LOSS percent of the packets, for kernels without netem. Both taps are made in the current network namespace.
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { frame_max = 65536, queue_max = 16384 };

struct frame {
  int64_t due;
  size_t length;
  char *bytes;
};

struct line {
  int from, to;
  unsigned head, count;
  struct frame queue[queue_max];
};

static struct line lines[2];
static char buffer[frame_max];

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int open_tap(const char *name) {
  struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
  int tap = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (tap < 0) err(1, "/dev/net/tun");
  snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
  if (ioctl(tap, TUNSETIFF, &request) < 0) err(1, "%s", name);
  return tap;
}

static void take_in(struct line *line, int64_t delay, double loss) {
  ssize_t length;
  while ((length = read(line->from, buffer, sizeof buffer)) > 0) {
    if (line->count == queue_max || drand48() < loss) continue;
    struct frame *frame = &line->queue[(line->head + line->count) % queue_max];
    frame->bytes = malloc(length);
    if (!frame->bytes) continue;
    memcpy(frame->bytes, buffer, length);
    frame->length = length;
    frame->due = now() + delay;
    line->count++;
  }
}

// Returns the nanoseconds until the next frame is due, or -1 when none waits.
static int64_t give_out(struct line *line) {
  while (line->count > 0) {
    struct frame *frame = &line->queue[line->head];
    int64_t left = frame->due - now();
    if (left > 0) return left;
    // A tap that is down refuses the frame: then it is lost, as it would be on a cable.
    ssize_t written = write(line->to, frame->bytes, frame->length);
    (void)written;
    free(frame->bytes);
    line->head = (line->head + 1) % queue_max;
    line->count--;
  }
  return -1;
}

int main(int argc, char **argv) {
  if (argc != 6) errx(64, "usage: netdelay NEAR FAR MS LOSS PIDFILE");
  int64_t delay = atof(argv[3]) * 1e6 / 2;
  double loss = atof(argv[4]) / 100;
  int near_tap = open_tap(argv[1]), far_tap = open_tap(argv[2]);
  lines[0].from = lines[1].to = near_tap;
  lines[0].to = lines[1].from = far_tap;
  srand48(getpid());
  // The default slack of 50 µs would show in every round trip.
  prctl(PR_SET_TIMERSLACK, 1000);

  FILE *pid = fopen(argv[5], "w");
  if (!pid || fprintf(pid, "%d\n", getpid()) < 0 || fclose(pid) != 0) err(1, "%s", argv[5]);

  for (;;) {
    int64_t wait = -1;
    for (int i = 0; i < 2; i++) {
      int64_t left = give_out(&lines[i]);
      if (left >= 0 && (wait < 0 || left < wait)) wait = left;
    }
    struct timespec limit = {wait / 1000000000, wait % 1000000000};
    struct pollfd fds[2] = {{near_tap, POLLIN, 0}, {far_tap, POLLIN, 0}};
    if (ppoll(fds, 2, wait < 0 ? NULL : &limit, NULL) < 0) err(1, "ppoll");
    for (int i = 0; i < 2; i++) take_in(&lines[i], delay, loss);
  }
}
