#!/bin/sh
echo raspberry
